import { beforeAll, expect, inject, test, vi } from 'vitest'
import type { Page } from 'playwright-core'
import { axeFindings, follow, settled, visit, visitSignedIn, type Visitor } from './browser.ts'
import { mouse } from './hands.ts'

/**
 * Office hours are 08:00 to 18:00 in Berlin, without a holiday on Monday 30 March 2026. From Friday 16:00 to Tuesday 09:00
 * it is 13 hours, and 3 when nobody was there on Monday; from Monday 08:00 to Wednesday 07:00 it is 20, and then 10. Ten
 * hours were promised, so both results turn. The first one is of March, which is locked, the second of April.
 */
const office = [{ opens: 480, closes: 1080 }]
const week = [office, office, office, office, office, [], []]
const LOG = [
  'number,incident_state,sys_mod_count,sys_updated_at,opened_at,resolved_at,priority,short_description',
  'IN1,New,0,2026-03-27 16:00,2026-03-27 16:00,,3 - Moderate,Printer of the gate',
  'IN1,Resolved,1,2026-03-31 09:00,2026-03-27 16:00,2026-03-31 09:00,3 - Moderate,Printer of the gate',
  'IN2,New,0,2026-03-30 08:00,2026-03-30 08:00,,3 - Moderate,Scanner of the gate',
  'IN2,Resolved,1,2026-04-01 07:00,2026-03-30 08:00,2026-04-01 07:00,3 - Moderate,Scanner of the gate',
].join('\n')

/** The crane waits from Monday 09:00 to Tuesday 14:00, for whoever reported it, as it is recorded. */
const QUAY = [
  'number,incident_state,sys_mod_count,sys_updated_at,opened_at,resolved_at,priority,short_description',
  'IN3,Active,0,2026-03-02 08:00,2026-03-02 08:00,,3 - Moderate,Crane 4 stands still',
  'IN3,Awaiting User Info,1,2026-03-02 09:00,2026-03-02 08:00,,3 - Moderate,Crane 4 stands still',
  'IN3,Active,2,2026-03-03 14:00,2026-03-02 08:00,,3 - Moderate,Crane 4 stands still',
  'IN3,Resolved,3,2026-03-03 16:00,2026-03-02 08:00,2026-03-03 16:00,3 - Moderate,Crane 4 stands still',
].join('\n')

interface Made {
  readonly id: string
  readonly name: string
  readonly number: string
}

async function call<T = Made>(method: string, path: string, sent?: object | string, match?: number): Promise<T> {
  const { url, token } = inject('program')
  const body = typeof sent === 'object' ? JSON.stringify(sent) : sent
  const type = typeof sent === 'object' ? 'application/json' : 'application/octet-stream'
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': type }),
    ...(match !== undefined && { 'if-match': `"${match}"` }),
  }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}`).toBe(true)
  return (await reply.json()) as T
}

let customer: Made
let calendar: Made
let inMarch: Made

async function imported(customerId: string, log: string): Promise<void> {
  const { id } = await call('POST', '/imports', { source: 'servicenow', fileName: 'gate.csv', size: log.length })
  await call('PUT', `/imports/${id}/file`, log)
  await call('POST', `/imports/${id}/start`, { customer: customerId, mapping: { timeZone: 'Europe/Berlin' } })
  const isDone = async () => (await call<{ readonly state: string }>('GET', `/imports/${id}`)).state === 'done'
  await vi.waitUntil(isDone, { timeout: 30_000 })
}

async function foundBy(customerId: string, words: string): Promise<Made> {
  const { items } = await call<{ readonly items: readonly Made[] }>(
    'GET',
    `/incidents?customer=${customerId}&q=${words}`,
  )
  return items[0]!
}

beforeAll(async () => {
  customer = await call('POST', '/customers', { name: 'Harbour West', key: 'HW', timeZone: 'Europe/Berlin' })
  calendar = await call('POST', '/calendars', {
    name: 'Harbour hours',
    customer: customer.id,
    rules: { timeZone: 'Europe/Berlin', week },
  })
  await call('POST', '/agreements', {
    name: 'Harbour paper',
    customer: customer.id,
    calendar: calendar.id,
    validFrom: '2026-03-01T00:00:00Z',
    activate: true,
    targets: [{ metric: 'resolution', priority: 'p3', targetSeconds: 36_000, attainmentBp: 9000 }],
  })
  await imported(customer.id, LOG)
  inMarch = await foundBy(customer.id, 'Printer')
})

/** Somebody else than who asks, who answers for the service. */
async function serviceManager(name = 'Noor'): Promise<Visitor> {
  const visitor = await visit({ language: 'en' })
  const { page, says } = visitor
  const email = `${name.toLowerCase()}@harbour.example`
  const order = { email, name, language: 'en', role: 'service-manager' }
  const { link } = await call<{ readonly link: string }>('POST', '/invitations', order)
  await page.goto(link)
  await page.getByLabel(says('people.password'), { exact: false }).first().fill('a berth for every ship')
  await page.getByRole('button', { name: says('people.invitation.do') }).click()
  await page.waitForURL((at) => !at.pathname.startsWith('/invitation'))
  await settled(page)
  return visitor
}

/** Closes March softly and then for good, on the page of the months. */
async function lockMarch({ page, says }: Visitor): Promise<void> {
  await page.goto(`/periods?customer=${customer.id}`)
  await settled(page)
  for (const to of ['soft-closed', 'locked']) {
    const row = page.getByRole('row', { name: /März 2026/ })
    const named = says(`periods.to.${to}-named`, { month: 'März 2026', customer: customer.name })
    await row.getByRole('button', { name: named }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: says(`periods.to.${to}`) })
      .click()
    await row.getByText(says(`periods.state.${to}`)).waitFor()
  }
}

/** Says on the calendar that 30 March was a holiday; gives the address of the correction. */
async function forgottenHoliday({ page, says }: Visitor): Promise<string> {
  const { press, write } = mouse(page)
  await follow(page, `/calendars/${calendar.id}`)
  await press(page.getByRole('link', { name: says('app.correct.day') }))
  await write(page.getByLabel(says('corrections.new.date'), { exact: true }), '2026-03-30')
  await write(page.getByLabel(says('corrections.new.label')), 'Hafenfest')
  await write(page.getByLabel(says('corrections.new.reason')), 'Der Hafen war geschlossen.')
  await write(page.getByLabel(says('corrections.evidence')), 'Aushang vom 12. Januar')
  await press(page.getByRole('button', { name: says('corrections.new.do') }))
  await page.waitForURL(/\/corrections\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname
}

const mainText = (page: Page) => page.locator('main').innerText()

test('a forgotten holiday: asked for by one, approved by another, adjusted where the month is locked, and both results are there', async () => {
  const requester = await visitSignedIn({ language: 'de' })
  await lockMarch(requester)
  const correction = await forgottenHoliday(requester)
  const { page, says } = requester
  await page.getByText(/2 Uhren kämen anders heraus, davon 2 mit anderem Urteil\. Eine liegt/).waitFor()
  const approving = page.getByRole('button', { name: says('corrections.approve') })
  expect(await approving.getAttribute('aria-disabled')).toBe('true')
  expect(await mainText(page)).toContain(says('corrections.own'))

  await page.getByRole('link', { name: new RegExp(inMarch.number) }).click()
  const [before, after] = [says('corrections.side.before'), says('corrections.side.after')]
  const side = (name: string) => page.getByRole('region', { name, exact: true })
  await side(before).getByRole('table').waitFor()
  expect(await side(before).innerText()).toMatch(/verfehlt\s+13:00 von 10:00/)
  expect(await side(after).innerText()).toMatch(/eingehalten\s+3:00 von 10:00/)
  expect(await side(after).innerText()).toContain('Hafenfest')
  await settled(page)
  expect(await axeFindings(page)).toEqual([])

  const approver = await serviceManager()
  await approver.page.goto(correction)
  await settled(approver.page)
  await approver.page.getByRole('button', { name: approver.says('corrections.approve') }).click()
  const dialog = approver.page.getByRole('dialog')
  await dialog.getByRole('button', { name: approver.says('corrections.approve') }).click()
  await approver.page.getByText(/2 clocks came out differently/).waitFor()

  await follow(approver.page, `/attainment?customer=${customer.id}&month=2026-03`)
  const entries = approver.page.getByRole('table', {
    name: approver.says('periods.settled.about', { month: 'March 2026' }),
  })
  await entries.getByRole('row', { name: new RegExp(inMarch.number) }).waitFor()
  expect(await entries.innerText()).toMatch(/missed\s+13\sh\s00 of 10\sh\s00[^]*met\s+3\sh\s00 of 10\sh\s00/)
  expect(await mainText(approver.page)).toMatch(/0 of 1[^]*locked since[^]*it would be 1 of 1 for the resolution/)
  await follow(approver.page, `/attainment?customer=${customer.id}&month=2026-04`)
  await approver.page.getByText('1 of 1').first().waitFor()
  await follow(approver.page, `/incidents/${inMarch.number}`)
  await approver.page
    .getByText(/told in March 2026 as missed, 13\sh of 10\sh, known now as met, 3\sh of 10\sh/)
    .waitFor()

  expect([...requester.complaints, ...approver.complaints]).toEqual([])
  await requester.context.close()
  await approver.context.close()
})

/** A crane that took three hours of ten, and eighteen without its pause. */
async function quay() {
  const { id: quayId } = await call('POST', '/customers', { name: 'Quay East', key: 'QE', timeZone: 'Europe/Berlin' })
  await call('POST', '/calendars', { name: 'Quay hours', customer: quayId, rules: { timeZone: 'Europe/Berlin', week } })
  const agreement = await call<Made & { readonly version: number }>('POST', '/agreements', {
    name: 'Quay paper',
    customer: quayId,
    calendar: 'Quay hours',
    validFrom: '2026-03-01T00:00:00Z',
    activate: true,
    targets: [{ metric: 'resolution', priority: 'p3', targetSeconds: 36_000, attainmentBp: 9000 }],
  })
  await imported(quayId, QUAY)
  return { agreement, crane: await foundBy(quayId, 'Crane') }
}

/** Asks for it with a reason; gives the address of the correction, once it says what would change. */
async function asked({ page, says }: Visitor): Promise<string> {
  const { press, write } = mouse(page)
  await write(page.getByLabel(says('corrections.new.reason')), 'Der Kunde hat es anders in Erinnerung.')
  await write(page.getByLabel(says('corrections.evidence')), 'Mail vom 5. März')
  await press(page.getByRole('button', { name: says('corrections.new.do') }))
  await page.waitForURL(/\/corrections\/[0-9a-f-]{36}/)
  await page.getByText(/Eine Uhr käme anders heraus, davon eine mit anderem Urteil/).waitFor()
  return new URL(page.url()).pathname
}

async function approved({ page, says }: Visitor, correction: string): Promise<void> {
  await follow(page, correction)
  await page.getByRole('button', { name: says('corrections.approve') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: says('corrections.approve') })
    .click()
  await page.getByText(says('corrections.state.applied')).first().waitFor()
}

test('a disputed pause, and then a contract signed late: each is asked for, looked at and approved', async () => {
  const { agreement, crane } = await quay()
  const [requester, approver] = [await visitSignedIn({ language: 'de' }), await serviceManager('Mads')]
  const { page, says } = requester
  const { press } = mouse(page)

  await page.goto(`/corrections/new?incident=${crane.number}`)
  await settled(page)
  await press(page.getByLabel(says('corrections.new.kind.disputed-pause')))
  await press(page.getByLabel(says('corrections.wait.awaiting-supplier')))
  await approved(approver, await asked(requester))

  // Twenty hours from March on: eighteen are in time again.
  const signed = {
    calendar: 'Quay hours',
    validFrom: '2026-03-01T12:00:00Z',
    targets: [{ metric: 'resolution', priority: 'p3', targetSeconds: 72_000, attainmentBp: 9000 }],
  }
  await call('POST', `/agreements/${agreement.id}/versions`, signed, agreement.version)
  await follow(page, `/corrections/new?agreement=${agreement.id}`)
  await approved(approver, await asked(requester))
  await follow(approver.page, `/incidents/${crane.number}`)
  await approver.page.getByText(/Resolution: missed, 18\sh of 10\sh/).waitFor()
  expect(await mainText(approver.page)).toMatch(/18\sh of 20\sh[^]*Resolution: met, 3\sh of 10\sh/)

  expect([...requester.complaints, ...approver.complaints]).toEqual([])
  await requester.context.close()
  await approver.context.close()
})
