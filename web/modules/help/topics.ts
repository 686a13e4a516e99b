import type { TextKey } from '#web/locales/catalogue.ts'

export const chapters = [
  'first-hour',
  'every-day',
  'desk',
  'steering',
  'agreements',
  'contracts',
  'corrections',
  'what-if',
  'operation',
] as const
export type Chapter = (typeof chapters)[number]

interface Topic {
  /** What the screen is, in a sentence or two. */
  readonly sentence: Extract<TextKey, `help.page.${string}`>
  readonly chapter: Chapter
}

/** By the beginning of the address, the most exact first. */
const topics: readonly (readonly [RegExp, Topic])[] = [
  [/^\/$/, { sentence: 'help.page.today', chapter: 'every-day' }],
  [/^\/major-incidents/, { sentence: 'help.page.major-incidents', chapter: 'desk' }],
  [/^\/(?:rules|webhooks|webhook-deliveries)/, { sentence: 'help.page.rules', chapter: 'desk' }],
  [/^\/(?:privacy|account\/data)/, { sentence: 'help.page.privacy', chapter: 'operation' }],
  [/^\/audit/, { sentence: 'help.page.audit', chapter: 'operation' }],
  [/^\/escalations/, { sentence: 'help.page.escalations', chapter: 'desk' }],
  [/^\/(?:requests|catalogue)/, { sentence: 'help.page.requests', chapter: 'desk' }],
  [/^\/(?:settings\/mail|mails)/, { sentence: 'help.page.mail', chapter: 'desk' }],
  [/^\/portal/, { sentence: 'help.page.portal', chapter: 'desk' }],
  [/^\/articles/, { sentence: 'help.page.articles', chapter: 'desk' }],
  [/^\/incidents\/new/, { sentence: 'help.page.new-incident', chapter: 'every-day' }],
  [/^\/incidents\/./, { sentence: 'help.page.incident', chapter: 'every-day' }],
  [/^\/incidents/, { sentence: 'help.page.incidents', chapter: 'every-day' }],
  [/^\/attainment/, { sentence: 'help.page.attainment', chapter: 'first-hour' }],
  [/^\/handovers/, { sentence: 'help.page.handovers', chapter: 'every-day' }],
  [/^\/experience/, { sentence: 'help.page.experience', chapter: 'every-day' }],
  [/^\/feedback/, { sentence: 'help.page.feedback', chapter: 'every-day' }],
  [/^\/kpis/, { sentence: 'help.page.kpis', chapter: 'every-day' }],
  [/^\/(?:actions|decisions)/, { sentence: 'help.page.actions', chapter: 'steering' }],
  [/^\/(?:forums|forum-runs|week)/, { sentence: 'help.page.forums', chapter: 'steering' }],
  [/^\/stakeholders/, { sentence: 'help.page.stakeholders', chapter: 'steering' }],
  [/^\/improvements/, { sentence: 'help.page.improvements', chapter: 'steering' }],
  [/^\/availability/, { sentence: 'help.page.availability', chapter: 'every-day' }],
  [/^\/reviews/, { sentence: 'help.page.reviews', chapter: 'first-hour' }],
  [/^\/what-ifs/, { sentence: 'help.page.what-ifs', chapter: 'what-if' }],
  [/^\/corrections/, { sentence: 'help.page.corrections', chapter: 'corrections' }],
  [/^\/periods/, { sentence: 'help.page.periods', chapter: 'corrections' }],
  [/^\/agreements/, { sentence: 'help.page.agreements', chapter: 'agreements' }],
  [
    /^\/(?:contracts|credits|contract-changes|portfolio|closing)/,
    { sentence: 'help.page.contracts', chapter: 'contracts' },
  ],
  [/^\/calendars/, { sentence: 'help.page.calendars', chapter: 'first-hour' }],
  [/^\/imports/, { sentence: 'help.page.imports', chapter: 'first-hour' }],
  [/^\/(?:customers|sites|services)/, { sentence: 'help.page.customers', chapter: 'first-hour' }],
  [/^\/(?:people|teams)/, { sentence: 'help.page.people', chapter: 'first-hour' }],
  [/^\/account/, { sentence: 'help.page.account', chapter: 'first-hour' }],
  [/^\/settings/, { sentence: 'help.page.settings', chapter: 'operation' }],
]

/** What there is to say about the page at `path`. */
export function topicOf(path: string): Topic {
  return topics.find(([pattern]) => pattern.test(path))?.[1] ?? { sentence: 'help.page.other', chapter: 'every-day' }
}
