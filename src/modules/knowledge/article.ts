import type { Lifecycle } from '#core/lifecycle.ts'

export const articleStates = ['draft', 'review', 'published', 'outdated', 'retired'] as const
export type ArticleState = (typeof articleStates)[number]

/** DOMAIN §2.9. Each step is named by what is done. */
export const articleLifecycle: Lifecycle<ArticleState, string> = {
  draft: { submit: 'review', retire: 'retired' },
  review: { publish: 'published', return: 'draft' },
  published: { outdate: 'outdated', revise: 'draft', retire: 'retired' },
  outdated: { revise: 'draft', retire: 'retired' },
  retired: { revise: 'draft' },
}

/** For everybody, for the provider's people, for one customer's people. */
export const articleAudiences = ['user', 'agent', 'customer'] as const
