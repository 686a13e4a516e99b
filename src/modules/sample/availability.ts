import {
  addDowntime,
  addGap,
  addMaintenance,
  addPromise,
  decideExclusion,
  proposeExclusion,
} from '#modules/availability'
import type { Context, Db } from '#platform/context.ts'
import { instantAt, localAt } from '#core/zone.ts'
import {
  availabilityPromises,
  downtimesOf,
  gapsOf,
  type GraveIncident,
  maintenanceOf,
  type SamplePromise,
} from '#sample/availability.ts'
import type { SampleCompany, SampleCustomer } from '#sample/company.ts'
import { randomOf } from '#sample/random.ts'
import { storiesOf } from '#sample/stories.ts'
import type { Period } from './period.ts'

interface AvailabilityPlan extends Period {
  /** With the ids that it has in the database. */
  readonly company: SampleCompany
  readonly seed: string
}

/**
 * Writes what is promised of services being there and what is known of when they were not, through the doors of those who
 * own it. To be called when the incidents are there: outages belong to some of them.
 */
export async function writeAvailability(context: Context, plan: AvailabilityPlan): Promise<void> {
  for (const promise of availabilityPromises) {
    const customer = plan.company.customers.find(({ key }) => key === promise.customer)!
    await writePromise(context, plan, promise, customer)
    const downtimes = await writeKnown(context, plan, promise, customer)
    await writeExclusion(context, plan, promise, downtimes)
  }
  await writeStory(context, plan)
}

const HOUR_MS = 3_600_000
const STORY_DOWN_MS = 46 * 60_000

/** What made scanners lose the Wi-Fi made the warehouse wait once as well: two targets of a month, one cause. */
async function writeStory(context: Context, plan: AvailabilityPlan): Promise<void> {
  const story = storiesOf(plan.from, plan.to).find(({ key }) => key === 'roaming')
  const customer = plan.company.customers.find(({ key }) => key === 'NHL')!
  if (story === undefined) return
  const began = story.from + 4 * HOUR_MS
  await addDowntime(context, {
    customer: customer.id,
    service: serviceId(plan, 'warehouse'),
    beganAt: new Date(began),
    endedAt: new Date(began + STORY_DOWN_MS),
    severity: 'down',
    usersHit: 840,
    usersAll: 840,
    source: 'monitoring',
    cause: 'Firmware der Access Points: Scanner und Lagerverwaltung verloren einander.',
  })
}

function serviceId({ company }: AvailabilityPlan, key: string): string {
  return company.services.find((service) => service.key === key)!.id
}

async function writePromise(
  context: Context,
  plan: AvailabilityPlan,
  { calendar, service, noticeDays, parts, targetPpm, basis, blind }: SamplePromise,
  { id: customer, timeZone }: SampleCustomer,
): Promise<void> {
  const first = new Date(localAt(timeZone, plan.from))
  await addPromise(context, {
    customer,
    service: serviceId(plan, service),
    calendar: plan.company.calendars.find(({ key }) => key === calendar)!.name,
    validFrom: new Date(instantAt(timeZone, Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1))),
    targetPpm,
    noticeMinutes: noticeDays * 1440,
    weights: { degraded: 5000, impaired: 0 },
    basis,
    blind,
    parts: parts.map(({ services, needed }) => ({ services: services.map((each) => serviceId(plan, each)), needed })),
  })
}

type Written = Awaited<ReturnType<typeof addDowntime>>

async function writeKnown(
  context: Context,
  plan: AvailabilityPlan,
  promise: SamplePromise,
  { id: customer, timeZone: zone, language }: SampleCustomer,
): Promise<readonly Written[]> {
  const of = { customer, service: serviceId(plan, promise.service) }
  const random = randomOf(`${plan.seed}/availability/${promise.customer}/${promise.service}`)
  const incidents = await graveIncidents(context.db, of)
  const written: Written[] = []
  for (const downtime of downtimesOf(promise, incidents, { language, random: random.fork('down') })) {
    written.push(await addDowntime(context, { ...of, ...downtime }))
  }
  const saying = { zone, language }
  const { from, to } = plan
  for (const window of maintenanceOf(
    promise,
    { from, to, now: context.now },
    { ...saying, random: random.fork('work') },
  )) {
    await addMaintenance(context, { ...of, ...window })
  }
  for (const gap of gapsOf({ from, to }, { ...saying, random: random.fork('blind') })) {
    await addGap(context, { ...of, ...gap })
  }
  return written
}

/** Those that a whole service may have been down for, in order. */
async function graveIncidents(
  db: Db,
  { customer, service }: { readonly customer: string; readonly service: string },
): Promise<readonly GraveIncident[]> {
  const rows = await db
    .selectFrom('incident')
    .select(['id', 'openedAt', 'resolvedAt'])
    .where('customerId', '=', customer)
    .where('serviceId', '=', service)
    .where('priority', 'in', ['p1', 'p2'])
    .where('resolvedAt', 'is not', null)
    .orderBy('priority')
    .orderBy('openedAt')
    .orderBy('number')
    .execute()
  return rows.map(({ id, openedAt, resolvedAt }) => ({ id, openedAt, resolvedAt: resolvedAt! }))
}

/** One downtime that its contract leaves out, and one of which that is still to be decided. */
async function writeExclusion(
  context: Context,
  { company }: AvailabilityPlan,
  { customer, service }: SamplePromise,
  downtimes: readonly Written[],
): Promise<void> {
  const asks = { ...context, actor: { ...context.actor, personId: company.staff[0]!.id } }
  const latest = downtimes.toSorted((one, other) => other.beganAt.getTime() - one.beganAt.getTime())
  if (service === 'scanning' && latest[1] !== undefined) {
    const { id, version } = latest[1]
    const evidence = 'Aushang des Hafens: Stromabschaltung für Bauarbeiten, angekündigt am Vortag.'
    const proposed = await proposeExclusion(asks, id, version, { reason: 'customer', evidence })
    await decideExclusion(context, id, proposed.version, true)
  }
  if (customer === 'BWR' && service === 'tills' && latest[0] !== undefined) {
    const { id, version } = latest[0]
    const evidence = 'The acquirer’s own notice of an outage, sent on the same evening.'
    await proposeExclusion(asks, id, version, { reason: 'third-party', evidence })
  }
}
