import { expect, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { serviceRoutes } from '#modules/services'
import { actorWith, testCaller, testDatabase } from '#platform/testing.ts'
import { serviceLevelRoutes } from './index.ts'

const rules = {
  timeZone: 'Europe/Berlin',
  week: [
    ...Array.from({ length: 5 }, () => [
      { opens: 480, closes: 720 },
      { opens: 780, closes: 1080 },
    ]),
    [{ opens: 1320, closes: 1800 }],
    [],
  ],
  exceptions: [{ date: '2026-12-24', windows: [{ opens: 480, closes: 720 }], label: '08:00-12:00, Heiligabend' }],
}
const targets = [
  { metric: 'response', priority: 'p1', targetSeconds: 900, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 },
]

function match(version: number) {
  return { headers: { 'if-match': `"${version}"` } }
}

async function world() {
  const call = testCaller(await testDatabase(), [...serviceLevelRoutes, ...customerRoutes, ...serviceRoutes], {
    now: () => new Date('2026-06-01T12:00Z'),
  })
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  await made('/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })
  await made('/services', { customer: 'Nordhafen', name: 'Mail' })
  return { call, made }
}

/** A calendar and an agreement with a version in force, one that was, and a draft. */
async function full() {
  const { call, made } = await world()
  const calendar = await made('/calendars', { name: 'Hours', customer: 'Nordhafen', rules })
  const version = await call(
    'POST',
    `/calendars/${calendar.id}/versions`,
    { validFrom: '2026-03-01T00:00:00Z', rules: { ...rules, exceptions: [] } },
    match(calendar.version),
  )
  expect(version.status, version.text).toBe(201)
  const terms = { calendar: 'Hours', targets, services: ['Mail'] }
  let agreement = await made('/agreements', {
    name: 'SLA',
    customer: 'Nordhafen',
    activate: true,
    validFrom: '2026-01-01T00:00:00Z',
    ...terms,
  })
  const add = async (validFrom: string, change: object) => {
    const reply = await call(
      'POST',
      `/agreements/${agreement.id}/versions`,
      { ...terms, validFrom, ...change },
      match(agreement.version),
    )
    expect(reply.status, reply.text).toBe(201)
    agreement = reply.body
  }
  await add('2026-04-01T00:00:00Z', { terms: { reopen: 'gross', atRisk: [80] } })
  const second = agreement.versions[0]
  agreement = (
    await call('POST', `/agreements/${agreement.id}/versions/${second.id}/activate`, {}, match(agreement.version))
  ).body
  await add('2027-01-01T00:00:00Z', { services: [] })
  const text = async (path: string) => (await call('GET', `${path}/yaml`)).text
  return { call, made, calendar, agreement, text }
}

test('what was written into a file and read elsewhere is the same', async () => {
  const from = await full()
  const calendar = await from.text(`/calendars/${from.calendar.id}`)
  const agreement = await from.text(`/agreements/${from.agreement.id}`)
  expect(calendar).toContain('- 08:00-12:00')
  expect(calendar).toContain('- 22:00-30:00')
  // Keys stand in the order of the schema, so that a file changes only where the agreement does.
  expect(agreement.split('\n').slice(1, 6)).toEqual([
    'agreement: 1',
    'name: SLA',
    'type: sla',
    'customer: Nordhafen',
    'versions:',
  ])
  expect(agreement.match(/^ {2}- number: \d|^ {4}state: .*|^ {4}validFrom: .*/gm)).toEqual([
    '  - number: 1',
    '    state: superseded',
    '    validFrom: 2026-01-01T00:00:00.000Z',
    '  - number: 2',
    '    state: active',
    '    validFrom: 2026-04-01T00:00:00.000Z',
    '  - number: 3',
    '    state: draft',
    '    validFrom: 2027-01-01T00:00:00.000Z',
  ])
  expect(agreement).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)

  const to = await world()
  const { id: calendarId, ...addedCalendar } = await to.made('/calendars/yaml', { text: `# reviewed\n${calendar}` })
  expect(addedCalendar).toEqual({ name: 'Hours', done: 'added' })
  const { id } = await to.made('/agreements/yaml', { text: agreement })
  expect((await to.call('GET', `/calendars/${calendarId}/yaml`)).text).toBe(calendar)
  expect((await to.call('GET', `/agreements/${id}/yaml`)).text).toBe(agreement)
  expect(await to.made('/agreements/yaml', { text: agreement })).toMatchObject({ id, done: 'unchanged' })
  expect(await to.made('/calendars/yaml', { text: calendar })).toMatchObject({ done: 'unchanged' })
})

test('who stands behind an agreement goes out and comes in by name, and for nobody but the provider', async () => {
  const from = await full()
  const terms = { calendar: 'Hours', targets, validFrom: '2026-01-01T00:00:00Z', customer: 'Nordhafen' }
  const party = { supplier: 'Kabel AG' }
  const behind = [{ agreement: 'SLA', step: 2 }]
  const contract = await from.made('/agreements', { ...terms, name: 'Lines', type: 'uc', party, behind })
  const [sla, file] = [
    await from.text(`/agreements/${from.agreement.id}`),
    await from.text(`/agreements/${contract.id}`),
  ]
  expect(file.split('\n').slice(3, 10)).toEqual([
    'type: uc',
    'party:',
    '  team: null',
    '  supplier: Kabel AG',
    'behind:',
    '  - agreement: SLA',
    '    step: 2',
  ])

  const to = await world()
  await to.made('/calendars/yaml', { text: await from.text(`/calendars/${from.calendar.id}`) })
  const first = await to.call('POST', '/agreements/yaml', { text: file })
  expect([first.status, first.body.code], 'what relies on it comes before it').toEqual([404, 'agreement.not-found'])
  await to.made('/agreements/yaml', { text: sla })
  const { id } = await to.made('/agreements/yaml', { text: file })
  const again = async () => (await to.call('GET', `/agreements/${id}/yaml`)).text
  expect(await again()).toBe(file)
  expect(await to.made('/agreements/yaml', { text: file })).toMatchObject({ id, done: 'unchanged' })

  const other = file.replace('Kabel AG', 'Kabel & Söhne').replace('step: 2', 'step: 3')
  expect(await to.made('/agreements/yaml', { text: other })).toMatchObject({ id, done: 'changed' })
  expect(await again()).toBe(other)
  const [customer] = (await to.call('GET', '/customers')).body.items
  const theirs = await to.call('GET', `/agreements/${id}/yaml`, undefined, {
    as: actorWith('customer', [], [customer.id]),
  })
  expect([theirs.status, theirs.text.includes('Kabel')]).toEqual([404, false])
})

test('a draft becomes what the file says; what is in force does not', async () => {
  const { made, call, agreement, text } = await full()
  const file = await text(`/agreements/${agreement.id}`)
  const draft = file.lastIndexOf('attainmentBp: 9500')
  const changed = `${file.slice(0, draft)}attainmentBp: 9900 # agreed by phone${file.slice(draft + 'attainmentBp: 9500'.length)}`
  expect(await made('/agreements/yaml', { text: changed })).toMatchObject({ id: agreement.id, done: 'changed' })
  expect(await text(`/agreements/${agreement.id}`)).toBe(changed.replace(' # agreed by phone', ''))

  const { status, body } = await call('POST', '/agreements/yaml', {
    text: file.replace('attainmentBp: 9500', 'attainmentBp: 1'),
  })
  expect([status, body.code]).toEqual([400, 'yaml.holds'])
  expect(body.detail ?? body.message ?? body.title).toContain('versions.0')
})

/** What is done to the file, the code of the refusal, and what its sentence names. */
const refusals: readonly (readonly [string, (file: string) => string, string, RegExp])[] = [
  ['no YAML', (file) => file.replace('name: SLA', 'name: "SLA'), 'yaml.unreadable', /[Ll]ine \d+/],
  [
    'a field that nobody knows',
    (file) => file.replace('type: sla', 'type: sla\ncolour: red'),
    'yaml.invalid',
    /colour/,
  ],
  [
    'a value that cannot be',
    (file) => file.replace('targetSeconds: 14400', 'targetSeconds: -1'),
    'yaml.invalid',
    /Line \d+, versions\.0\.targets\.1\.targetSeconds/,
  ],
  [
    'an alias',
    (file) => file.replace('name: SLA', 'name: &a SLA').replace('type: sla', 'type: *a'),
    'yaml.alias',
    /alias/,
  ],
  ['a missing version', (file) => file.replace('number: 2', 'number: 7'), 'yaml.order', /versions\.1\.number/],
  [
    'a calendar that is not there',
    (file) => file.replaceAll('calendar: Hours', 'calendar: Nights').replace('name: SLA', 'name: Other'),
    'calendar.not-found',
    /Nights/,
  ],
]

test('what cannot be is refused with its place', async () => {
  const { call, agreement, text } = await full()
  const file = await text(`/agreements/${agreement.id}`)
  for (const [what, change, code, place] of refusals) {
    const { body, text: said } = await call('POST', '/agreements/yaml', { text: change(file) })
    expect([what, body.code]).toEqual([what, code])
    expect(said).toMatch(place)
  }
  expect(await text(`/agreements/${agreement.id}`)).toBe(file)
})
