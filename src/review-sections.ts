import type { ReviewSection } from '#platform/review-section.ts'

/** What modules tell in a service review, beside what it tells by itself. */
export const reviewSections: readonly ReviewSection[] = []
