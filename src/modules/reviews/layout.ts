import type { Edition, ReportKind } from './facts.ts'

/** What the review draws by itself. `brief` is the head of a document without a cover. */
export const ownParts = [
  'cover',
  'brief',
  'story',
  'levels',
  'missed',
  'trends',
  'misses',
  'reported',
  'availability',
  'volumes',
  'where',
  'age',
  'teams',
  'method',
  'list',
  'sign-off',
] as const
export type OwnPart = (typeof ownParts)[number]

/** Which parts a document has, and the sections of which other modules. */
export interface Layout {
  readonly parts: ReadonlySet<OwnPart>
  readonly sections: 'all' | ReadonlySet<string>
}

const layout = (parts: readonly OwnPart[], sections: readonly string[] = []): Layout => ({
  parts: new Set(parts),
  sections: new Set(sections),
})

const whole: Layout = {
  parts: new Set(ownParts.filter((part) => part !== 'brief' && part !== 'sign-off')),
  sections: 'all',
}

/** Reports made of the same facts as the service review (DOMAIN §4.4). */
const reports: Readonly<Record<Exclude<ReportKind, 'R01'>, Layout>> = {
  R03: layout(['brief', 'levels', 'sign-off'], ['experience']),
  R04: layout(['brief'], ['credits', 'credit-reckoning']),
  R05: layout(['brief'], ['margin', 'margin-months', 'contract-private']),
  R07: layout(['brief'], ['budget']),
  R08: layout(['brief'], ['appropriations']),
  R14: layout(['brief'], ['site-scorecard']),
  'R15-gm': layout(['brief', 'story']),
  'R15-cfo': layout(['brief', 'story']),
  R16: layout(['brief'], ['suppliers', 'behind']),
  R17: layout(['brief'], ['contract', 'last-days']),
  R18: layout(['brief'], ['renewal', 'last-days']),
  R19: layout(['brief'], ['improvements']),
  R20: layout(['brief'], ['efficiency']),
  R31: layout(['brief'], ['escalations']),
  R32: layout(['brief'], ['relationship']),
  R35: layout(['brief'], ['friction']),
  R38: layout(['brief'], ['forums', 'actions']),
  R39: layout(['brief'], ['contract-changes']),
}

/** Besides the whole review: reports that tell of money, or of how the relationship stands. */
export const moneyReports: ReadonlySet<ReportKind> = new Set([
  'R01',
  'R04',
  'R05',
  'R07',
  'R08',
  'R15-cfo',
  'R16',
  'R17',
  'R18',
  'R20',
  'R32',
  'R39',
])

/** Reports of nothing but money; the database shows these alone to who keeps the books (migration 0240). */
export const booksReports: ReadonlySet<ReportKind> = new Set(['R04', 'R05', 'R07', 'R08', 'R16', 'R17', 'R20', 'R39'])

/** Reports whose amounts people go on reckoning with: they come as a workbook, too. */
export function hasTables({ report = 'R01', edition }: Parameters<typeof layoutOf>[0]): boolean {
  return edition !== 'one-page' && (booksReports.has(report) || report === 'R18')
}

const onePage = layout(['brief', 'story'])

export function layoutOf({
  report = 'R01',
  edition,
}: {
  readonly report?: ReportKind | undefined
  readonly edition: Edition
}): Layout {
  if (report !== 'R01') return reports[report]
  return edition === 'one-page' ? onePage : whole
}

/** Whether a section is told in a report of its own only. */
export function standsApart(key: string): boolean {
  return apart.has(key)
}

/** Whether a section of another module belongs into the document. */
export function hasSection({ sections }: Layout, key: string): boolean {
  return sections === 'all' ? !apart.has(key) : sections.has(key)
}

/** Sections that are reports of their own and would repeat others in the whole review. */
const apart: ReadonlySet<string> = new Set([
  'site-scorecard',
  'budget',
  'appropriations',
  'efficiency',
  'credit-reckoning',
  'margin-months',
])
