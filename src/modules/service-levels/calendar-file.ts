import { z } from 'zod'
import { invalid } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Calendar, calendarVersion } from './api.ts'
import { addCalendar, addCalendarVersion, getCalendar } from './calendars.ts'
import { calendarIds, onlyOne } from './file-names.ts'
import type { FileText, ImportedFile } from './files-api.ts'
import { parseYaml, readYaml, yamlOf, yamlProblem } from './yaml-file.ts'

// What a version is, without what only this database knows: new fields come along by themselves. When one ends, the
// beginning of the next says.
const version = z.strictObject(calendarVersion.omit({ id: true, validTo: true }).shape)
const calendarFile = z.strictObject({
  calendar: z.literal(1).describe('The form of the file'),
  name: z.string().trim().min(1).max(200),
  customer: z.string().max(200).nullable().describe('By name; null: for all'),
  versions: z.array(version).min(1).max(1000).describe('The oldest first'),
})

const HEADING =
  'A calendar: hours by their beginning, the oldest first; the week begins on Monday. 24:00 and later is the next day.'

/** A calendar as a file: the same wherever the same calendar is kept. */
export async function exportCalendar(db: Db, id: string): Promise<FileText> {
  const calendar = await getCalendar(db, id)
  const customer =
    calendar.customerId === null
      ? null
      : (await db.selectFrom('customer').select('name').where('id', '=', calendar.customerId).executeTakeFirstOrThrow())
          .name
  const { name } = calendar
  const content = { calendar: 1 as const, name, customer, versions: versionsOf(calendar) }
  return { name, text: yamlOf(HEADING, z.encode(calendarFile, content)) }
}

function versionsOf({ versions }: Calendar): z.output<typeof version>[] {
  return versions.toReversed().map(({ id: _id, validTo: _validTo, ...rest }) => rest)
}

/**
 * Brings a calendar to what a file says. One that is not there is added; versions that begin later than all that are there
 * are added to it. What is there is never rewritten: a file that says otherwise of it is refused with its line.
 */
export async function importCalendar(context: Context, text: string): Promise<ImportedFile> {
  const { db, actor } = context
  const read = readYaml(text)
  const { name, customer, versions } = parseYaml(calendarFile, read, actor.language)
  for (const [index, { validFrom }] of versions.entries()) {
    if (index > 0 && versions[index - 1]!.validFrom >= validFrom) {
      throw yamlProblem('yaml.order', read, ['versions', index, 'validFrom'])
    }
  }
  const knownId = onlyOne(await calendarIds(db, name, customer), name)
  let calendar = knownId === null ? null : await getCalendar(db, knownId)
  const there = calendar === null ? [] : versionsOf(calendar)
  if (versions.length < there.length) throw invalid('yaml.fewer', { there: there.length, given: versions.length })
  for (const [index, each] of versions.entries()) {
    const { rules, validFrom } = each
    const holidays = each.holidays === null ? {} : { holidays: each.holidays }
    const same = there[index]
    if (same !== undefined) {
      if (!isSame(same, each)) throw yamlProblem('yaml.holds', read, ['versions', index])
    } else if (calendar === null) {
      calendar = await addCalendar(context, { name, ...(customer !== null && { customer }), rules, ...holidays })
    } else {
      calendar = await addCalendarVersion(context, calendar.id, calendar.version, { validFrom, rules, ...holidays })
    }
  }
  const done = knownId === null ? 'added' : versions.length > there.length ? 'changed' : 'unchanged'
  return { id: calendar!.id, name, done }
}

function isSame(one: z.output<typeof version>, other: z.output<typeof version>): boolean {
  return JSON.stringify(z.encode(version, one)) === JSON.stringify(z.encode(version, other))
}
