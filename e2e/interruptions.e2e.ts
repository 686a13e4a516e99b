import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { settled, visitSignedIn, type Visitor } from './browser.ts'
import { ADMIN } from './program.ts'

interface Written {
  readonly id: string
  readonly number: string
}

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const { url, token } = inject('program')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}`).toBe(true)
  return (await reply.json()) as T
}

async function anIncident(title: string): Promise<Written> {
  const [customer] = (await api<{ items: { id: string }[] }>('GET', '/customers?limit=1')).items
  return api('POST', '/incidents', { customer: customer!.id, title, impact: 'medium', urgency: 'medium' })
}

/** How often a text stands in the history of an incident. */
async function timesWritten({ id }: Written, text: string): Promise<number> {
  const history = await api<unknown>('GET', `/incidents/${id}/timeline?limit=100`)
  return JSON.stringify(history).split(text).length - 1
}

/** @param meanwhile What happens after it was typed and before it is sent. */
async function writeNote({ page, says }: Visitor, text: string, meanwhile?: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: says('incidents.note.title') }).click()
  await page.getByRole('textbox', { name: says('incidents.note.text-internal') }).fill(text)
  await settled(page)
  await meanwhile?.()
  await page.getByRole('button', { name: says('incidents.note.do-internal') }).click()
}

/** Until a service worker stands between the page and the network, and keeps what the page reads. */
async function keptForOffline(page: Page, address: string): Promise<void> {
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null'), { timeout: 60_000 }).toBe(true)
  await page.reload()
  const kept = `caches.match(${JSON.stringify(address)}, { ignoreVary: true, ignoreSearch: true }).then((answer) => answer !== undefined)`
  await expect.poll(() => page.evaluate(kept), { timeout: 30_000 }).toBe(true)
}

test('without a network what was open is read, and what is written arrives exactly once, also when an answer is lost', async () => {
  const text = 'Measured on site, without a network'
  const incident = await anIncident('The scanner in the cold store stands still')
  const visitor = await visitSignedIn({ offline: true })
  const { page, context, says } = visitor
  page.setDefaultTimeout(20_000)
  await page.goto(`/incidents/${incident.number}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await keptForOffline(page, `/api/v1/incidents/${incident.number}`)

  await context.setOffline(true)
  await page.reload()
  await page.getByRole('heading', { level: 1, name: /scanner in the cold store/ }).waitFor()
  await page.getByText(says('app.offline'), { exact: false }).first().waitFor()
  await writeNote(visitor, text)
  const what = says('app.outbox.note', { about: incident.number })
  await page.getByText(says('app.outbox.kept', { what })).waitFor()
  expect(await timesWritten(incident, text)).toBe(0)

  // The first time the server hears it, and its answer is lost on the way.
  const keys: string[] = []
  await page.route(/\/notes$/, async (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? 'none')
    if (keys.length > 1) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await context.setOffline(false)
  await expect.poll(() => timesWritten(incident, text)).toBe(1)
  await page.evaluate(`dispatchEvent(new Event('online'))`)
  await page.getByText(says('app.outbox.sent', { what })).waitFor({ timeout: 40_000 })
  expect(keys.length).toBeGreaterThan(1)
  expect(new Set(keys).size).toBe(1)
  expect(await timesWritten(incident, text)).toBe(1)
  expect(visitor.complaints).toEqual([])
  await context.close()
}, 120_000)

test('two people change the same title: the second sees both, keeps what was typed, and decides', async () => {
  const incident = await anIncident('Label printer prints blank')
  const [first, second] = await Promise.all([visitSignedIn(), visitSignedIn({ language: 'de' })])
  const titleField = ({ page, says }: Visitor) => page.getByRole('textbox', { name: says('incidents.field.title') })
  for (const visitor of [first, second]) {
    const { page, says } = visitor
    await page.goto(`/incidents/${incident.number}`)
    await settled(page)
    await page.getByRole('button', { name: says('incidents.more') }).click()
    await page.getByRole('menuitem', { name: says('incidents.change'), exact: true }).click()
    await titleField(visitor).waitFor()
  }
  await titleField(first).fill('Label printer at gate 4 prints blank')
  await titleField(second).fill('Etikettendrucker druckt leer')
  await first.page.getByRole('button', { name: first.says('incidents.change.do') }).click()
  await first.page.getByRole('dialog').waitFor({ state: 'detached' })

  await second.page.getByRole('button', { name: second.says('incidents.change.do') }).click()
  const both = second.page.getByRole('table', { name: second.says('ui.conflict.label') })
  await both.waitFor()
  expect(await both.getByRole('cell').allInnerTexts()).toEqual([
    'Label printer at gate 4 prints blank',
    'Etikettendrucker druckt leer',
  ])
  expect(await titleField(second).inputValue()).toBe('Etikettendrucker druckt leer')
  await second.page.getByRole('button', { name: second.says('incidents.conflict.keep') }).click()
  await second.page.getByRole('heading', { level: 1, name: /Etikettendrucker druckt leer/ }).waitFor()
  expect((await api<{ title: string }>('GET', `/incidents/${incident.id}`)).title).toBe('Etikettendrucker druckt leer')
  await first.context.close()
  await second.context.close()
})

test('what is not there any more, and a session that ends while somebody types, take nothing that was typed', async () => {
  const text = 'Typed before the session ended'
  const incident = await anIncident('Badge reader refuses everybody')
  const visitor = await visitSignedIn()
  const { page, context, says } = visitor
  await page.goto(`/incidents/${incident.number}`)
  await settled(page)
  await writeNote(visitor, text, async () => {
    // The server has another version by now: the code of what is opened is gone.
    await page.route(/\/assets\/palette/, (route) => route.fulfill({ status: 404 }))
    await page.keyboard.press('Control+k')
    const gone = page.getByRole('dialog', { name: says('app.crash.outdated') })
    await gone.getByRole('button', { name: says('app.not-loaded.back') }).click()
    await gone.waitFor({ state: 'detached' })
    expect(await page.getByRole('textbox', { name: says('incidents.note.text-internal') }).inputValue()).toBe(text)
    await context.clearCookies()
  })
  const over = page.getByRole('dialog', { name: says('app.session-end.title') })
  await over.waitFor()
  expect(await timesWritten(incident, text)).toBe(0)
  await over.getByRole('textbox', { name: says('people.email') }).fill(ADMIN.email)
  await over.getByLabel(says('people.password'), { exact: true }).fill(ADMIN.password)
  await page.keyboard.press('Enter')
  await over.waitFor({ state: 'detached' })
  await expect.poll(() => timesWritten(incident, text)).toBe(1)
  expect(page.url()).toContain(incident.number)

  // Another tab ends the session: this one says so at once, and goes on when somebody signs in there.
  const other = await context.newPage()
  await other.goto('/sign-in')
  await other.evaluate(`fetch('/api/v1/sign-out', { method: 'POST' })`)
  await other.evaluate(`new BroadcastChannel('plumbline.session').postMessage(null)`)
  await over.waitFor()
  await context.request.post('/api/v1/sign-in', { data: ADMIN })
  await other.goto('/')
  await over.waitFor({ state: 'detached' })
  expect(page.url()).toContain(incident.number)
  await context.close()
})
