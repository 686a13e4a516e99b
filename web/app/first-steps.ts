import type { TextKey } from '#web/locales/catalogue.ts'
import type { Area } from '#web/app/areas.ts'

/** What there is already, as far as whoever asks may see it. */
export interface WhatIs {
  readonly hasTickets: boolean
  readonly hasActiveAgreement: boolean
  readonly hasReview: boolean
  readonly hasColleagues: boolean
  readonly hasTwoFactor: boolean
}

export interface FirstStep {
  readonly key: string
  /** Shown to whoever has this area; null for everybody. */
  readonly area: Area | null
  readonly to: string
  readonly title: TextKey
  readonly why: TextKey
  readonly act: TextKey
  /** Why it has to wait, where that is not for tickets and an agreement. */
  readonly later?: TextKey
  /** `later`: something else has to come first. */
  readonly state: 'done' | 'next' | 'later'
}

/** From an empty installation to the first review: what is done, what can be done now, what has to wait. */
export function firstSteps(is: WhatIs): readonly FirstStep[] {
  const measurable = is.hasTickets && is.hasActiveAgreement
  return [
    {
      key: 'import',
      area: 'imports',
      to: '/imports',
      title: 'app.today.import',
      why: 'app.today.import-why',
      act: 'app.today.import-do',
      state: is.hasTickets ? 'done' : 'next',
    },
    {
      key: 'agree',
      area: 'agreements',
      to: '/agreements',
      title: 'app.today.agree',
      why: 'app.today.agree-why',
      act: 'app.today.agree-do',
      state: is.hasActiveAgreement ? 'done' : 'next',
    },
    { ...attainment, state: measurable ? (is.hasReview ? 'done' : 'next') : 'later' },
    {
      key: 'review',
      area: 'reviews',
      to: '/reviews',
      title: 'app.today.review',
      why: 'app.today.review-why',
      act: 'app.today.review-do',
      state: is.hasReview ? 'done' : measurable ? 'next' : 'later',
    },
    {
      key: 'invite',
      area: 'people',
      to: '/people/invite',
      title: 'app.today.invite',
      why: 'app.today.invite-why',
      act: 'app.today.invite-do',
      state: is.hasColleagues ? 'done' : 'next',
    },
    { ...twoFactor, state: is.hasTwoFactor ? 'done' : 'next' },
  ]
}

/** For whoever does not agree, import and report: what there is to see by now. */
export function thingsToSee(is: WhatIs): readonly FirstStep[] {
  return [
    {
      key: 'desk',
      area: 'desk',
      to: '/incidents',
      title: 'app.today.desk',
      why: 'app.today.desk-why',
      act: 'app.today.desk-do',
      later: 'app.today.no-incident',
      state: is.hasTickets ? 'next' : 'later',
    },
    { ...attainment, state: is.hasTickets && is.hasActiveAgreement ? 'next' : 'later' },
    {
      key: 'read',
      area: 'reviews',
      to: '/reviews',
      title: 'app.today.read',
      why: 'app.today.read-why',
      act: 'app.today.read-do',
      later: 'app.today.no-review',
      state: is.hasReview ? 'next' : 'later',
    },
    { ...twoFactor, state: is.hasTwoFactor ? 'done' : 'next' },
  ]
}

const attainment = {
  key: 'attainment',
  area: 'service-levels',
  to: '/attainment',
  title: 'app.today.attainment',
  why: 'app.today.attainment-why',
  act: 'app.today.attainment-do',
} as const

const twoFactor = {
  key: 'two-factor',
  area: null,
  to: '/account',
  title: 'app.today.two-factor',
  why: 'app.today.two-factor-why',
  act: 'app.today.two-factor-do',
} as const
