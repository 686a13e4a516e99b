import { z } from 'zod'
import { invalid } from '#core/failure.ts'
import type { Context, Db } from '#platform/context.ts'
import { changeBehind } from './agreement-behind.ts'
import { endAgreementVersion } from './agreement-end.ts'
import { changeKind, drafts } from './agreement-kind.ts'
import {
  activateVersion,
  addAgreement,
  addAgreementVersion,
  changeAgreementVersion,
  getAgreement,
} from './agreements.ts'
import { type Agreement, addAgreementVersion as addition, agreement, agreementVersion } from './api.ts'
import { withSides } from './chains.ts'
import { itemNames } from './fulfilment.ts'
import { agreementIds, onlyOne } from './file-names.ts'
import type { FileText, ImportedFile } from './files-api.ts'
import { parseYaml, readYaml, type YamlFile, yamlOf, yamlProblem } from './yaml-file.ts'

// What a version is, without what only this database knows and with names in the place of ids; and what one is added
// with: new fields of both come along by themselves.
const version = z.strictObject({
  ...agreementVersion.omit({ id: true, calendarId: true, calendarName: true, serviceIds: true }).shape,
  calendar: addition.body.shape.calendar,
  services: z.array(z.string().max(200)).max(500),
})
type Version = z.output<typeof version>
const agreementFile = z.strictObject({
  agreement: z.literal(1).describe('The form of the file'),
  ...agreement.omit({ id: true, customerId: true, customerName: true, version: true, versions: true }).shape,
  party: z
    .strictObject({ team: z.string().max(200).nullable(), supplier: z.string().max(200).nullable() })
    .optional()
    .describe('Who promises, by name, where it is not with the customer'),
  behind: z
    .array(z.strictObject({ agreement: z.string().max(200), step: z.int().min(1).max(100) }))
    .max(100)
    .optional()
    .describe('The agreements that rely on it, by name; they are there already'),
  customer: z.string().min(1).max(200).describe('By name'),
  versions: z.array(version).min(1).max(1000).describe('The oldest first'),
})

const HEADING =
  'An agreement: its versions, the oldest first. Targets are in seconds of service time; 9500 bp are 95 %.'
type AgreementFile = z.output<typeof agreementFile>

/**
 * An agreement as a file: the same wherever the same agreement is kept. Who of us or which supplier stands behind it is
 * written for the provider's people alone.
 */
export async function exportAgreement(context: Pick<Context, 'db' | 'actor'>, id: string): Promise<FileText> {
  const { db } = context
  const found = await getAgreement(db, id)
  const {
    id: _id,
    customerId: _customerId,
    customerName: customer,
    version: _version,
    versions: _versions,
    party: _party,
    behind: _behind,
    ...rest
  } = found
  const sides = await sidesOf(context, found)
  const content = { agreement: 1 as const, ...rest, ...sides, customer, versions: await versionsOf(db, found) }
  return { name: found.name, text: yamlOf(HEADING, z.encode(agreementFile, content)) }
}

/** Who promises and what relies on it, by names. */
async function sidesOf(
  context: Pick<Context, 'db' | 'actor'>,
  found: Agreement,
): Promise<Pick<AgreementFile, 'party' | 'behind'>> {
  const [{ party, behind } = found] = await withSides(context, [found])
  return {
    ...(party && { party: { team: party.team?.name ?? null, supplier: party.supplier } }),
    ...(behind && { behind: behind.map(({ name, step }) => ({ agreement: name, step })) }),
  }
}

async function versionsOf(db: Db, { versions }: Agreement): Promise<Version[]> {
  const promises = versions.flatMap(({ terms }) => terms.fulfilment)
  const items = await itemNames(db, [...new Set(promises.flatMap(({ item }) => item ?? []))])
  const ids = [
    ...new Set([
      ...versions.flatMap(({ serviceIds }) => serviceIds),
      ...promises.flatMap(({ service }) => service ?? []),
    ]),
  ]
  const rows =
    ids.length === 0 ? [] : await db.selectFrom('service').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return versions
    .toReversed()
    .map(({ id: _id, calendarId: _calendarId, calendarName, serviceIds, terms, ...rest }) => ({
      ...rest,
      terms: {
        ...terms,
        fulfilment: terms.fulfilment.map(({ item, service, ...promise }) => ({
          ...(item !== undefined && { item: items.get(item) ?? item }),
          ...(service !== undefined && { service: names.get(service) ?? service }),
          ...promise,
        })),
      },
      calendar: calendarName,
      services: serviceIds.map((id) => names.get(id) ?? id).toSorted(),
    }))
}

/**
 * Brings an agreement to what a file says. One that is not there is added, with all its versions; a draft becomes what the
 * file says of it; versions that are not there are added. What is or was in force is never rewritten: a file that says
 * otherwise of it is refused with its line.
 */
export async function importAgreement(context: Context, text: string): Promise<ImportedFile> {
  const { db, actor } = context
  const read = readYaml(text)
  const file = parseYaml(agreementFile, read, actor.language)
  const { name, customer, versions } = file
  const knownId = onlyOne(await agreementIds(db, name, customer), name)
  const there = knownId === null ? [] : await versionsOf(db, await getAgreement(db, knownId))
  for (const [index, { number }] of versions.entries()) {
    // A number may be missing where a draft was deleted, but then it is missing in both.
    const follows = number > (versions[index - 1]?.number ?? 0)
    const known = there[index]?.number ?? number
    if (!follows || number !== known) throw yamlProblem('yaml.order', read, ['versions', index, 'number'])
  }
  if (versions.length < there.length) throw invalid('yaml.fewer', { there: there.length, given: versions.length })
  let id = knownId
  let changed = false
  for (const [index, each] of versions.entries()) {
    const before = there[index]
    if (before !== undefined && isSame(before, each)) continue
    changed = true
    id = await bring(context, { id, file }, { before, each, index, read })
  }
  if (knownId !== null && (await bringSides(context, knownId, file))) changed = true
  return { id: id!, name, done: knownId === null ? 'added' : changed ? 'changed' : 'unchanged' }
}

interface Step {
  readonly before: Version | undefined
  readonly each: Version
  readonly index: number
  readonly read: YamlFile
}

/** One version; the id of its agreement. */
async function bring(
  context: Context,
  { id, file }: { readonly id: string | null; readonly file: AgreementFile },
  { before, each, index, read }: Step,
): Promise<string> {
  const { db } = context
  const { number: as, state, validTo, ...terms } = each
  const current = id === null ? null : await getAgreement(db, id)
  const known = current?.versions.find(({ number }) => number === each.number)
  if (before !== undefined && known !== undefined) {
    // In force it may still end, or be followed by another; nothing else of it changes.
    const ends = validTo !== null && before.validTo?.getTime() !== validTo.getTime() && known.state === 'active'
    if (ends && isSame({ ...before, state, validTo }, each)) {
      // The next version of the file ends it by being activated.
      if (state === 'superseded') return current!.id
      const { id: versionId } = known
      return (await endAgreementVersion(context, current!.id, { versionId, version: current!.version, at: validTo })).id
    }
    if (!drafts.has(before.state)) throw yamlProblem('yaml.holds', read, ['versions', index])
    await changeAgreementVersion(context, current!.id, { versionId: known.id, version: current!.version }, terms)
  }
  let made: Agreement
  if (current === null) made = await addAgreement(context, { ...newOf(file), activate: false, ...terms }, as)
  else if (known === undefined) made = await addAgreementVersion(context, current.id, current.version, terms, as)
  else made = await getAgreement(db, current.id)
  const versionId = made.versions.find(({ number }) => number === each.number)!.id
  if (!drafts.has(state)) await activateVersion(context, made.id, versionId)
  if (!drafts.has(state) && validTo !== null && state !== 'superseded') {
    const { version: now } = await getAgreement(db, made.id)
    await endAgreementVersion(context, made.id, { versionId, version: now, at: validTo })
  }
  return made.id
}

/** What a new agreement is, beside its versions. */
function newOf({ name, customer, type, party, behind = [] }: AgreementFile) {
  return { name, customer, type, party: givenParty(party), behind }
}

function givenParty(party: AgreementFile['party']) {
  if (party === undefined) return undefined
  const { team, supplier } = party
  return { ...(team !== null && { team }), ...(supplier !== null && { supplier }) }
}

/** Party and what relies on it, where the file says otherwise of them; whether it did. What it does not say, stays. */
async function bringSides(context: Context, id: string, { type, party, behind }: AgreementFile): Promise<boolean> {
  const { db } = context
  const there = await getAgreement(db, id)
  const sides = await sidesOf(context, there)
  const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
  let changed = false
  if (type !== there.type || (party !== undefined && !same(party, sides.party))) {
    await changeKind(context, id, { version: there.version, type, party: givenParty(party) })
    changed = true
  }
  const byName = (steps: AgreementFile['behind']) =>
    steps?.toSorted((one, other) => one.agreement.localeCompare(other.agreement))
  if (type !== 'sla' && behind !== undefined && !same(byName(behind), byName(sides.behind))) {
    const { version: now } = await getAgreement(db, id)
    await changeBehind(context, id, { version: now, behind })
    changed = true
  }
  return changed
}

function isSame(one: Version, other: Version): boolean {
  const [before, after] = [one, other].map(({ services, ...rest }) =>
    JSON.stringify(z.encode(version, { ...rest, services: services.toSorted() })),
  )
  return before === after
}
