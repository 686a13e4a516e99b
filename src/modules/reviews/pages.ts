import { readFile } from 'node:fs/promises'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import { momentParts, printableDeep } from '#platform/documents/printable.ts'
import { type Pages, pagesFrom } from '#platform/documents/typst.ts'
import { chapterName } from './chapter-names.ts'
import type { Bars, CaseList, Content } from './content-shape.ts'
import type { IncidentRow } from './incident-row.ts'
import type { ReviewText, Wording } from './wording.ts'

const TEMPLATE = new URL('review.typ', import.meta.url)

/** Rows of the pages' lists; further ones are counted, and are in the workbook. */
export const PAGE_ROWS = { misses: 60, near: 30, incidents: 250, targets: 24 } as const

/** Words that the template puts beside figures. */
const labels = [
  'chart.volumes-caption',
  'cover.data',
  'head.agreed-time',
  'head.backlog',
  'head.down',
  'head.due',
  'head.ended',
  'head.excluded',
  'head.failed',
  'head.in-time',
  'head.incident',
  'head.incidents',
  'head.late',
  'head.left',
  'head.maintenance',
  'head.metric',
  'head.near',
  'head.promise',
  'head.open-breached',
  'head.opened',
  'head.priority',
  'head.resolution-result',
  'head.resolved',
  'head.service',
  'head.share',
  'head.target',
  'head.team',
  'head.title',
  'head.verdict',
  'section.age',
  'section.availability',
  'section.levels',
  'section.list',
  'section.method',
  'section.misses',
  'section.near',
  'section.reported',
  'section.story',
  'section.targets',
  'section.teams',
  'section.trend',
  'section.volumes',
  'section.where',
  'section.restatement',
  'story.ask',
  'story.sign-off',
] as const satisfies readonly ReviewText[]

/** A review as tagged pages, and the same as pictures. `listed` are the first rows of the list behind the figures, of `total`. */
export async function pagesOf(
  content: Content,
  { wording, letterhead }: { readonly wording: Wording; readonly letterhead: Letterhead },
  listed: readonly IncidentRow[],
  total: number,
): Promise<Pages> {
  const { say, number, priority } = wording
  const moment = (at: Date) => wording.shortDateTime(at.toISOString(), content.year)
  const rest = (list: CaseList, most: number) => {
    const more = Math.max(0, list.cases.length - most) + list.more
    return more === 0 ? null : say('list.more', { n: more })
  }
  const bars = (each: Bars) => ({
    ...each,
    said: each.values.map(number),
    others: each.others === null ? null : `${say('list.others', { n: each.others.names })}: ${number(each.others.sum)}`,
  })
  const rows = listed
    .slice(0, PAGE_ROWS.incidents)
    .map((row) => [
      row.number,
      clipped(row.title, LISTED_LETTERS.title),
      priority(row.priority),
      clipped(row.service ?? '', LISTED_LETTERS.service),
      moment(row.openedAt),
      row.resolvedAt === null ? say(`state.${row.state}`) : moment(row.resolvedAt),
      row.resolution === null ? '' : say(`result.${row.resolution.result}`),
    ])
  const targetsLeft = content.levels.items.length - PAGE_ROWS.targets
  const data = {
    ...content,
    made: momentParts(content.made),
    notes: content.notes.length === 0 ? [say('cover.data-sound')] : content.notes,
    levels: { ...content.levels, rest: targetsLeft > 0 ? say('cover.agreements-more', { more: targetsLeft }) : null },
    misses: { ...content.misses, rest: rest(content.misses, PAGE_ROWS.misses) },
    near: { ...content.near, rest: rest(content.near, PAGE_ROWS.near) },
    where: { ...content.where, services: bars(content.where.services), sites: bars(content.where.sites) },
    age: { ...content.age, bars: bars(content.age.bars) },
    incidents: { rows, rest: total > rows.length ? say('list.more', { n: total - rows.length }) : null },
    story: {
      ...content.story,
      claims: content.story.claims.map((claim) => ({
        ...claim,
        felt: claim.felt.kind === 'said' ? claim.felt.text : null,
      })),
    },
    parts: [...content.layout.parts],
    // The whole review has a chapter of its own for it; what is signed is one page.
    definitions:
      content.layout.parts.has('method') || content.layout.parts.has('sign-off')
        ? []
        : [...new Set(content.sections.flatMap(({ notes }) => notes))],
    sections: content.sections.map(({ notes: _notes, claims: _claims, ...section }) => ({
      ...section,
      name: chapterName(section.number, wording),
    })),
    most: PAGE_ROWS,
    labels: Object.fromEntries(labels.map((key) => [key, say(key)])),
  }
  return pagesFrom(await readFile(TEMPLATE, 'utf8'), breakable(printableDeep(data)), letterhead)
}

/** Of the list behind the figures: whole it is in the workbook. */
const LISTED_LETTERS = { title: 110, service: 60 } as const

function clipped(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`
}

/** Words of more letters than this get places to break at, so that none runs out of its column. */
const LONG_WORD = /[^\s\u00a0/-]{29,}/g
const PIECE = /.{1,12}/gsu

function breakable<Value>(value: Value): Value {
  if (typeof value === 'string')
    return value.replace(LONG_WORD, (word) => (word.match(PIECE) ?? [word]).join('\u200b')) as Value
  if (Array.isArray(value)) return value.map(breakable) as Value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, breakable(item)])) as Value
}
