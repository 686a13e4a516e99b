import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dateText, momentText } from '#core/clock-text.ts'
import { notFound } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import { localAt } from '#core/zone.ts'
import type { Context, Db } from '#platform/context.ts'
import { pdfApart } from '#platform/documents/pdf-apart.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { momentParts, printableDeep } from '#platform/documents/printable.ts'
import type { FileReply } from '#platform/http.ts'
import { VERSION } from '#platform/version.ts'
import {
  figureSentences,
  agreementLabels,
  sayAgreement,
  shareWords,
  termSentences,
  timeWords,
} from './agreement-sentences.ts'
import { hoursLines, otherDays, workedExample } from './agreement-sheet-hours.ts'
import { levels } from './agreement.ts'
import { getAgreement } from './agreements.ts'
import type { AgreementVersion, Target } from './api.ts'
import { withSides } from './chains.ts'
import { itemNames } from './fulfilment.ts'
import { agreementOfVersion } from './in-force.ts'

const TEMPLATE = new URL('agreement-sheet.typ', import.meta.url)

/** A version of an agreement on paper, to be read and signed: every term of it in sentences, with worked examples. */
export async function agreementSheet(
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
  { id, versionId, lang }: { readonly id: string; readonly versionId: string; readonly lang: Language | undefined },
): Promise<FileReply> {
  const { data, letterhead, language, name } = await inTransaction('read only', (context) =>
    sheetData({ ...context, actor: { ...context.actor, language: lang ?? context.actor.language } }, id, versionId),
  )
  const template = await readFile(TEMPLATE, 'utf8')
  const file = await pdfApart({ template, data: printableDeep(data), letterhead })
  const plain = name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return { file, type: 'application/pdf', name: `${sayAgreement(language, 'file')}-${plain}.pdf` }
}

async function sheetData(context: Context, id: string, versionId: string) {
  const { db, now, actor } = context
  const { language } = actor
  const [agreement] = await withSides(context, [await getAgreement(db, id)])
  const version = agreement?.versions.find((each) => each.id === versionId)
  if (agreement === undefined || version === undefined) throw notFound('agreement.not-found', { agreement: versionId })
  const { name, customerName: customer, type, party, behind = [] } = agreement
  const { number, serviceIds, targets, terms } = version
  const inForce = await agreementOfVersion(db, versionId)
  const zone = inForce.open.versions[0]!.rules.timeZone
  const letterhead = await readLetterhead(db)
  const { provider } = letterhead
  const services = await serviceNames(db, version)
  const items = await itemNames(
    db,
    terms.fulfilment.flatMap(({ item }) => item ?? []),
    language,
  )
  const title = sayAgreement(language, 'title', { name, number })
  const other = party?.team?.name ?? party?.supplier ?? ''
  const year = Math.max(...[version.validFrom, now].map((at) => new Date(localAt(zone, at.getTime())).getUTCFullYear()))
  const covered = serviceIds.map((each) => services.get(each) ?? each).toSorted()
  const facts: (readonly [string, readonly string[]])[] = [
    [sayAgreement(language, 'customer'), [customer]],
    [sayAgreement(language, 'services'), covered.length === 0 ? [sayAgreement(language, 'services.all')] : covered],
  ]
  if (behind.length > 0)
    facts.push([sayAgreement(language, 'behind'), behind.map((each) => sayAgreement(language, 'behind.step', each))])
  const level = (each: (typeof levels)[number]) => sayAgreement(language, `level.${each}`)
  const made = { at: momentText(language, zone, now.getTime(), 0), version: VERSION, provider }
  const data = {
    language,
    made: momentParts(now),
    labels: agreementLabels(language),
    kind: sayAgreement(language, `kind.${type}`),
    title,
    between: sayAgreement(language, `between.${type}`, { provider, customer, party: other }),
    state: stateSentence(language, version, zone),
    running: `${title} · ${customer}`,
    page: sayAgreement(language, 'page', { page: '§', pages: '¶' }),
    facts,
    targets: targets.map((target) => targetRow(language, target, services)),
    ordersLede: sayAgreement(language, type === 'sla' ? 'orders.lede' : 'orders.lede-behind'),
    orders: terms.fulfilment.map((promise) =>
      sayAgreement(language, 'orders.promise', {
        what:
          promise.item !== undefined
            ? (items.get(promise.item) ?? promise.item)
            : promise.service !== undefined
              ? sayAgreement(language, 'orders.service', { name: services.get(promise.service) ?? promise.service })
              : sayAgreement(language, 'orders.all'),
        within: timeWords(language, promise),
        share: shareWords(language, { targetBp: promise.attainmentBp }),
      }),
    ),
    conditional: targets.some(({ when }) => when !== undefined),
    hours: [
      ...hoursLines(language, inForce, version),
      sayAgreement(language, `hours.source.${terms.calendarSource}`),
      sayAgreement(language, `hours.change.${terms.onCalendarChange}`),
      sayAgreement(language, `boundary.${terms.boundary}`),
    ],
    othersTitle: sayAgreement(language, 'holidays', { year: String(year) }),
    others: otherDays(language, inForce, year),
    example: workedExample(language, inForce, version),
    terms: termSentences(language, terms, letterhead.words[language]),
    figures: figureSentences(language, terms),
    matrix: [
      [sayAgreement(language, 'matrix.corner'), ...levels.map(level)],
      ...levels.map((impact) => [
        level(impact),
        ...levels.map((urgency) => terms.priorityMatrix[impact][urgency].toUpperCase()),
      ]),
    ],
    signers: [provider, type === 'sla' ? customer : other],
    by: sayAgreement(language, 'made', made),
    checksum: createHash('sha256').update(JSON.stringify({ name, customer, type, version })).digest('hex'),
  }
  return { data, letterhead, language, name }
}

function stateSentence(language: Language, { state, validFrom, validTo }: AgreementVersion, zone: string): string {
  const day = (at: Date) => dateText(language, localAt(zone, at.getTime()), 0)
  const values = { from: day(validFrom), to: validTo === null ? '' : day(validTo) }
  if (state === 'active') return sayAgreement(language, validTo === null ? 'state.active' : 'state.ends', values)
  return sayAgreement(language, validTo !== null && state !== 'draft' ? 'state.over' : 'state.draft', values)
}

function targetRow(language: Language, target: Target, services: ReadonlyMap<string, string>) {
  const { metric, priority, when = {}, attainmentBp: targetBp, expectedBp, minimumBp } = target
  const { service, category, siteType, reported } = when
  const where = [
    service === undefined ? '' : sayAgreement(language, 'where.service', { name: services.get(service) ?? service }),
    category === undefined ? '' : sayAgreement(language, 'where.category', { name: category }),
    siteType === undefined ? '' : sayAgreement(language, 'where.site-type', { type: siteType }),
    reported === undefined ? '' : sayAgreement(language, `where.${reported}`),
  ].filter((each) => each !== '')
  return {
    priority: priority.toUpperCase(),
    what: sayAgreement(language, `metric.${metric}`),
    within: timeWords(language, target),
    share: shareWords(language, { targetBp, expectedBp, minimumBp }),
    where: where.length === 0 ? sayAgreement(language, 'where.all') : where.join(', '),
  }
}

/** Of the services that a version or one of its targets names, by their ids. */
async function serviceNames(
  db: Db,
  { serviceIds, targets, terms }: AgreementVersion,
): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...new Set([
      ...serviceIds,
      ...targets.flatMap(({ when }) => when?.service ?? []),
      ...terms.fulfilment.flatMap(({ service }) => service ?? []),
    ]),
  ]
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('service').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
