import { setTimeout as sleep } from 'node:timers/promises'
import type { Agreement, Calendar } from '#api/service-levels'
import type { ImportView } from '#api/imports'
import type { Random } from '#sample/random.ts'
import { type Answer, ask, told } from './asking.ts'
import type { Ledger } from './ledger.ts'
import type { World } from './world.ts'

/** The customer that everything is about, and what its clocks are counted by. */
export interface Company {
  readonly customer: string
  readonly calendar: string
}

const ALL_DAY = [{ opens: 0, closes: 24 * 60 }]
const week = (opens: number) => [1, 2, 3, 4, 5, 6, 7].map(() => [{ opens: opens * 60, closes: 20 * 60 }])

/** A customer with an agreement, whose months may be settled back to the year 2024. */
export async function foundCompany(world: World): Promise<Company> {
  const customer = await told<{ id: string }>(world, 'POST', '/customers', { name: 'Faults Ltd', timeZone: 'UTC' })
  const calendar = await told<Calendar>(world, 'POST', '/calendars', {
    name: 'Hours',
    customer: customer.id,
    rules: { timeZone: 'UTC', week: week(0).map(() => ALL_DAY) },
  })
  await told<Agreement>(world, 'POST', '/agreements', {
    name: 'Promised',
    customer: customer.id,
    calendar: calendar.id,
    validFrom: '2024-01-01T00:00:00Z',
    activate: true,
    targets: ['response', 'resolution'].flatMap((metric) =>
      ['p1', 'p2', 'p3', 'p4'].map((priority) => ({ metric, priority, targetSeconds: 4 * 3600, attainmentBp: 9000 })),
    ),
  })
  return { customer: customer.id, calendar: calendar.id }
}

/** One step of work, over and over, until it is told to stop. */
export type Work = (world: World, company: Company, ledger: Ledger, random: Random) => Promise<void>

let titles = 0
let files = 0

function noted<T>(ledger: Ledger, answer: Answer<T>): Answer<T> {
  if (answer.tries > 1) ledger.repeated += 1
  return answer
}

interface Incident {
  readonly id: string
  readonly state: string
  readonly version: number
}

/** Declares an incident that began some time in the last year, and resolves most of them. */
const desk: Work = async (world, { customer }, ledger, random) => {
  const title = `Declared ${(titles += 1)}`
  const declared = noted(
    ledger,
    await ask<Incident>(world, 'POST', '/incidents', {
      customer,
      title,
      impact: random.pick(['low', 'medium', 'high']),
      urgency: random.pick(['low', 'medium', 'high']),
    }),
  )
  if (declared.status !== 201)
    throw new Error(`An incident was answered ${declared.status}: ${JSON.stringify(declared.body)}`)
  ledger.incidents.set(title, declared.body.state)
  if (random.chance(0.3)) return
  const resolved = noted(
    ledger,
    await ask<Incident>(
      world,
      'POST',
      `/incidents/${declared.body.id}/transitions`,
      { to: 'resolved', note: 'Done' },
      {
        'if-match': `"${declared.body.version}"`,
      },
    ),
  )
  if (resolved.status === 200) ledger.incidents.set(title, resolved.body.state)
  else ledger.refused.push(`${title}: ${resolved.status} ${JSON.stringify(resolved.body)}`)
}

/** Closes a month and locks it: each once, from 2024 on. */
const settling: Work = async (world, { customer }, ledger, random) => {
  const month = `${random.pick(['2024', '2025'])}-${String(random.whole(1, 12)).padStart(2, '0')}`
  for (const to of ['soft-closed', 'locked'] as const) {
    const { status } = noted(ledger, await ask(world, 'POST', `/periods/${customer}/${month}/transitions`, { to }))
    if (status === 200 && to === 'locked') ledger.locked.add(month)
  }
  await sleep(100)
}

/** Other hours from some moment on, for which all clocks since are counted anew in the background. */
const counting: Work = async (world, { calendar }, ledger, random) => {
  const { version } = (await ask<Calendar>(world, 'GET', `/calendars/${calendar}`)).body
  const month = String(random.whole(1, 10)).padStart(2, '0')
  const rules = { timeZone: 'UTC', week: week(random.whole(0, 9)) }
  const added = noted(
    ledger,
    await ask<Calendar>(
      world,
      'POST',
      `/calendars/${calendar}/versions`,
      { validFrom: `2026-${month}-${String(random.whole(1, 28)).padStart(2, '0')}T00:00:00Z`, rules },
      {
        'if-match': `"${version}"`,
      },
    ),
  )
  if (added.status === 201) ledger.calendarVersions.add(added.body.versions[0]!.id)
  await sleep(300)
}

const TICKETS_OF_A_FILE = 150

/** A file of tickets of another system, whose times reach over the last years. */
function ticketFile(name: string, random: Random): { readonly numbers: readonly string[]; readonly text: string } {
  const numbers = Array.from({ length: TICKETS_OF_A_FILE }, (_, index) => `${name}-${index}`)
  const row = (number: string) => {
    const day = `${random.pick(['2025', '2026'])}-${String(random.whole(1, 10)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`
    return `${number},New,${day} 08:00,${day} 08:01,0,3,Group ${random.whole(1, 4)},Caller ${random.whole(1, 20)},\n${number},Resolved,${day} 08:00,${day} 18:00,1,3,Group 1,Caller 1,${day} ${random.whole(10, 17)}:00\n`
  }
  const header = 'number,state,opened_at,sys_updated_at,sys_mod_count,priority,assignment_group,caller_id,resolved_at\n'
  return { numbers, text: header + numbers.map(row).join('') }
}

/** Sends a file and starts its import. */
const importing: Work = async (world, { customer }, ledger, random) => {
  const { numbers, text } = ticketFile(`F${(files += 1)}`, random)
  const bytes = Buffer.from(text)
  const { body: announced } = await ask<ImportView>(world, 'POST', '/imports', {
    source: 'servicenow',
    fileName: 'tickets.csv',
    size: bytes.length,
    customer,
  })
  const { status } = await ask(world, 'PUT', `/imports/${announced.id}/file`, bytes)
  if (status >= 300) return
  const started = noted(ledger, await ask(world, 'POST', `/imports/${announced.id}/start`, {}))
  if (started.status === 202) {
    ledger.imports.set(announced.id, numbers)
    ledger.files.set(announced.id, bytes)
  } else throw new Error(`An import was answered ${started.status}: ${JSON.stringify(started.body)}`)
  await sleep(400)
}

/** Orders a review of some month. */
const reviewing: Work = async (world, { customer }, ledger, random) => {
  const month = `2026-${String(random.whole(1, 9)).padStart(2, '0')}`
  const ordered = noted(
    ledger,
    await ask<{ id: string }>(world, 'POST', '/reviews', { customer, month, edition: 'one-page' }),
  )
  if (ordered.status === 202) ledger.reviews.add(ordered.body.id)
  else throw new Error(`A review was answered ${ordered.status}: ${JSON.stringify(ordered.body)}`)
  await sleep(3000)
}

/** By name, as it is told. */
export const works = { desk, settling, counting, importing, reviewing } as const

/** Does all of `chosen` at once until `hurt` is over, and lets each end what it began. */
export async function during(
  chosen: readonly Work[],
  {
    world,
    company,
    ledger,
    random,
  }: { readonly world: World; readonly company: Company; readonly ledger: Ledger; readonly random: Random },
  hurt: () => Promise<void>,
): Promise<void> {
  const over = new AbortController()
  const working = chosen.map(async (work, index) => {
    const own = random.fork(`work ${index}`)
    while (!over.signal.aborted) await work(world, company, ledger, own)
  })
  // Before anything is hurt nobody may fail, and afterwards all must have come through.
  await Promise.race([Promise.all(working), hurt()])
  over.abort()
  await Promise.all(working)
}
