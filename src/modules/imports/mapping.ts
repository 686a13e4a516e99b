import { z } from 'zod'
import { levels, priorities } from '#api/service-levels'
import { type Field, fields } from './field.ts'
import { dateOrders } from './moment.ts'
import { stateMeanings } from './words.ts'

export { isActivityLog, type Source, sources } from './source.ts'

const word = z.string().max(200)

/**
 * How a file is read: which column means what, in whose zone and order its dates are, what its words mean. Found out from
 * the first rows, changed by people, kept with the import, and read from the file of `--mapping`.
 */
export const importMapping = z.strictObject({
  form: z
    .enum(['tickets', 'changes'])
    .describe('A row is a ticket as it stands, or one change of a ticket, several rows for each'),
  columns: z.partialRecord(z.enum(fields), word).describe('Which column holds what, by its name in the first line'),
  timeZone: z.string().max(64).optional().describe('IANA zone of dates without an offset; the customer’s unless given'),
  dateOrder: z.enum(dateOrders).optional().describe('Of dates such as 3/4/2026'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z
    .enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'windows-1250', 'macintosh'])
    .optional(),
  states: z.record(word, z.enum(stateMeanings)).describe('What its words for states mean'),
  priorities: z.record(word, z.enum(priorities)),
  levels: z.record(word, z.enum(levels)).describe('What its words for impact and urgency mean'),
  missing: z.array(word).max(20).describe('What stands for nothing'),
  defaults: z
    .strictObject({
      openedAt: z.iso.datetime({ offset: true }).describe('For a file that does not say when its tickets were opened'),
      state: z.enum(stateMeanings),
      priority: z.enum(priorities),
    })
    .partial()
    .default({}),
  system: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional()
    .describe('Name of the system a CSV file comes from, so that its numbers are not taken for those of another'),
})
export type ImportMapping = z.output<typeof importMapping>

/** A mapping as people write one into a file: what they leave out is found out. */
export const givenMapping = importMapping.partial().extend({ defaults: importMapping.shape.defaults.optional() })
export type GivenMapping = z.output<typeof givenMapping>

/** What has to be known before a file can be read, and why it cannot be found out. */
export type Lack =
  | { readonly lack: 'date-order'; readonly example: string; readonly column: string }
  | { readonly lack: 'one-date-order'; readonly column: string }
  | { readonly lack: 'column'; readonly field: Field }
  | { readonly lack: 'unknown-column'; readonly field: Field; readonly column: string }

/** Of what a mapping needs, what it has not; nothing when a file with these columns can be read by it. */
export function lacksOf({ form, columns, defaults }: ImportMapping, header: readonly string[]): Lack[] {
  const lacks: Lack[] = []
  for (const [field, column] of Object.entries(columns) as [Field, string][]) {
    if (!header.includes(column)) lacks.push({ lack: 'unknown-column', field, column })
  }
  const needed: Field[] = form === 'changes' ? ['number', 'updatedAt'] : []
  if (form === 'tickets' && defaults.openedAt === undefined) needed.push('openedAt')
  for (const field of needed) if (columns[field] === undefined) lacks.push({ lack: 'column', field })
  return lacks
}
