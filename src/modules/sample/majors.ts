import { newId } from '#core/id.ts'
import { writeChildren } from '#modules/incidents'
import { type Logged, writeMajorIncident } from '#modules/major-incidents'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleMajor } from '#sample/majors.ts'
import { type Story, storiesOf } from '#sample/stories.ts'
import type { Period } from './period.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Of those who called about it, so many are kept as part of it at the most. */
const CHILDREN = 50
/** People to whom one call stands: most do not call. */
const PER_CALL = 12

/** Writes how the morning without sign-in was led, for each customer who felt it. */
export async function writeMajors(
  context: Context,
  { company, from, to }: Pick<Period, 'from' | 'to'> & { readonly company: SampleCompany },
): Promise<void> {
  const outage = storiesOf(from, to).find(({ key }) => key === 'outage')
  if (outage === undefined) return
  for (const customer of company.customers) await writeMajor(context, outage, customer)
}

type Customer = SampleCompany['customers'][number]

async function writeMajor(context: Context, outage: Story, { id: customerId, language }: Customer): Promise<void> {
  const { db } = context
  const felt = await feltBy(context, outage, customerId)
  const [first] = felt
  const people = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('customerId', 'is', null)
    .where('sourceKey', 'is not', null)
    .orderBy('sourceKey')
    .limit(4)
    .execute()
  const [commander, communications, ...technical] = people
  if (first === undefined || commander === undefined || communications === undefined) return
  const { openedAt } = first
  const restoredAt = first.restoredAt ?? first.resolvedAt ?? new Date(outage.to)
  const lasted = restoredAt.getTime() - openedAt.getTime()
  const at = (after: number) => new Date(openedAt.getTime() + after * lasted)
  const reviewedAt = new Date(restoredAt.getTime() + 6 * DAY_MS)
  // Agreements of the sample count each of them by itself, so no clock changes.
  await writeChildren(context, {
    parent: first,
    children: felt.slice(1, CHILDREN + 1).map((child) => ({ ...child, at: linkedAt(child, at(0.3)) })),
  })
  const serviceIds = felt.flatMap(({ serviceId }) => serviceId ?? [])
  const siteIds = felt.flatMap(({ siteId }) => siteId ?? [])
  await writeMajorIncident(context, {
    customerId,
    incidentId: first.id,
    criteria: ['many-users', 'many-places'],
    commander,
    communications,
    technical,
    bridge: sampleMajor.bridge[language],
    serviceIds: [...new Set(serviceIds)],
    siteIds: [...new Set(siteIds)],
    affectedUsers: felt.length * PER_CALL,
    businessImpact: sampleMajor.impact[language],
    reckoning: {
      ...sampleMajor.reckoning,
      users: felt.length * PER_CALL,
      minutes: Math.round(lasted / MINUTE_MS),
      units: 0,
      unitMinutes: 0,
      unitRateMinor: 0,
      currency: 'EUR',
      basis: sampleMajor.reckoning.basis[language],
    },
    declaredAt: at(0.1),
    investigatedAt: at(0.12),
    mitigatedAt: at(sampleMajor.mitigated.after),
    restoredAt,
    reviewedAt,
    notes: { mitigated: sampleMajor.mitigated.note[language], restored: sampleMajor.restored[language] },
    log: [...logOf(at, language), ...followUpsOf({ reviewedAt, now: context.now }, language)],
    actions: sampleMajor.actions.map(({ kind, what, check, dueDays, doneDays }, index) => ({
      kind,
      what: what[language],
      verification: check[language],
      due: new Date(reviewedAt.getTime() + dueDays * DAY_MS).toISOString().slice(0, 10),
      doneAt: pastOrNull(new Date(reviewedAt.getTime() + doneDays * DAY_MS), context.now),
      ownerId: people[(index + 1) % people.length]!.id,
    })),
    texts: sampleMajor.texts,
  })
}

/** Nobody says of a call that it is part of the outage before it has come. */
function linkedAt({ openedAt }: Felt, at: Date): Date {
  return new Date(Math.max(at.getTime(), openedAt.getTime() + 5 * MINUTE_MS))
}

/** Where it was looked at again by now, and what was found. */
function followUpsOf({ reviewedAt, now }: { readonly reviewedAt: Date; readonly now: Date }, language: Language) {
  const doneBy = (moment: Date) =>
    sampleMajor.actions.filter(({ doneDays }) => reviewedAt.getTime() + doneDays * DAY_MS <= moment.getTime()).length
  const all = sampleMajor.actions.length
  return sampleMajor.followUps
    .map(({ day, said, verified }) => ({ day, said, verified, at: new Date(reviewedAt.getTime() + day * DAY_MS) }))
    .filter(({ at }) => at < now)
    .map(({ day, said, verified, at }) => ({
      at,
      fact: {
        kind: 'major-incident.followed-up' as const,
        facts: { day, text: said[language], recurred: false, verified, actions: { all, done: doneBy(at) } },
      },
    }))
}

function pastOrNull(moment: Date, now: Date): Date | null {
  return moment < now ? moment : null
}

type Felt = Awaited<ReturnType<typeof feltBy>>[number]

/** The customer's incidents of the outage, first the one that monitoring opened, or the first that somebody called about. */
async function feltBy({ db }: Context, { from, to, subject }: Story, customerId: string) {
  const titles = [...subject.en, ...(subject.de ?? [])].map(([title]) => title)
  const alerts = [subject.alert?.en[0], subject.alert?.de?.[0]].filter((title) => title !== undefined)
  const rows = await db
    .selectFrom('incident')
    .select(['id', 'number', 'title', 'customerId', 'serviceId', 'siteId', 'openedAt', 'restoredAt', 'resolvedAt'])
    .where('customerId', '=', customerId)
    .where('title', 'in', [...titles, ...alerts])
    .where('openedAt', '>=', new Date(from))
    .where('openedAt', '<', new Date(to + DAY_MS))
    .where('resolvedAt', 'is not', null)
    .orderBy('openedAt')
    .orderBy('id')
    .execute()
  const isAlert = ({ title }: { readonly title: string }) => alerts.includes(title)
  return [...rows.filter(isAlert), ...rows.filter((row) => !isAlert(row))]
}

function logOf(at: (after: number) => Date, language: Customer['language']): readonly Logged[] {
  const { updates, suspected, found, decision } = sampleMajor
  return [
    ...[suspected, found].flatMap(({ said, after, standing, shown, shownAfter }): Logged[] => {
      const hypothesis = newId(at(after).getTime())
      const text = said[language]
      const finding = { hypothesis, standing, text: shown[language], of: text }
      return [
        { at: at(after), fact: { kind: 'major-incident.hypothesis', facts: { hypothesis, text } } },
        { at: at(shownAfter), fact: { kind: 'major-incident.finding', facts: finding } },
      ]
    }),
    {
      at: at(decision.after),
      fact: {
        kind: 'major-incident.decision',
        facts: { decision: newId(at(decision.after).getTime()), text: decision.said[language], decidedBy: '' },
      },
    },
    ...updates.flatMap(({ after, audience, said }): Logged[] => {
      const next = updates.find((each) => each.audience === audience && each.after > after)
      const nextDue = next === undefined ? null : at(next.after + 0.02)
      return (['de', 'en'] as const).map((spoken) => ({
        at: at(after),
        fact: {
          kind: 'major-incident.update',
          facts: { audience, language: spoken, text: said[spoken], nextDue },
          ...(audience === 'users' && { visibility: 'public' as const }),
        },
      }))
    }),
  ]
}
