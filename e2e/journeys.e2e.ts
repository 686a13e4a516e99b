import { readFile } from 'node:fs/promises'
import JSZip from 'jszip'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { follow, PHONE, settled, signIn, visit, visitSignedIn } from './browser.ts'
import { keys } from './hands.ts'
import { startProgram } from './program.ts'

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const { url, token } = inject('program')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}`).toBe(true)
  return (await reply.json()) as T
}

interface Named {
  readonly id: string
  readonly name: string
}

async function customers(): Promise<readonly Named[]> {
  return (await api<{ items: Named[] }>('GET', '/customers')).items
}

test('the first administrator sets up by the printed link, once, and loads the sample company', async () => {
  const program = await startProgram({ administered: false })
  try {
    const visitor = await visit({ language: 'de', url: program.url })
    const { page, says } = visitor
    expect(program.setUp).toContain('/set-up#')
    await page.goto(program.setUp!)
    await page.getByRole('textbox', { name: says('people.name') }).fill('Ada Lovelace')
    await page.getByRole('textbox', { name: says('people.email') }).fill('ada@example.com')
    await page.getByLabel(says('people.password'), { exact: false }).first().fill('ein langes Passwort für Ada')
    await page.getByRole('button', { name: says('people.set-up.do') }).click()
    await page.getByRole('heading', { level: 1, name: /Ada Lovelace/ }).waitFor()
    await page.goto('/')
    await settled(page)
    await expect.poll(() => page.getByRole('navigation').first().innerText()).toContain(says('app.area.imports'))

    await page.getByRole('button', { name: says('app.sample.add') }).click()
    await page.getByText(says('app.sample.writing')).first().waitFor()

    const second = await visit({ url: program.url })
    await second.page.goto(program.setUp!)
    await second.page.getByRole('heading', { level: 1, name: second.says('people.link.closed') }).waitFor()
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
    await second.context.close()
  } finally {
    await program.stop()
  }
}, 120_000)

test('by the keyboard alone: sign in, find an incident, see how its clock was counted', async () => {
  const visitor = await visit()
  const { page } = visitor
  await signIn(visitor)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL(/\/incidents/)
  await settled(page)
  await page.getByRole('row').nth(1).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/incidents\/[A-Z]+-\d+|\/incidents\/[0-9a-f-]{36}/)
  await settled(page)
  const [incident] = (await api<{ items: { title: string }[] }>('GET', '/incidents?limit=1&state=open')).items
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(incident!.title)
  // The palette takes the keys once it is there; until then they are the page's own.
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type(visitor.says('app.area.people'))
  await page
    .getByRole('option', { name: visitor.says('app.area.people') })
    .first()
    .waitFor()
  const before = page.url()
  await page.keyboard.press('Enter')
  await page.waitForURL((at) => at.href !== before)
  expect(visitor.complaints).toEqual([])
  await visitor.context.close()
})

/** The file behind a link to download it, followed by the keyboard. */
async function downloaded(page: Page, name: string): Promise<Buffer> {
  const link = page.getByRole('link', { name })
  const [download] = await Promise.all([page.waitForEvent('download'), keys(page).press(link)])
  return readFile(await download.path())
}

/** What the parts of an Office document say, without their markup; fails when the packing is not whole. */
async function textsIn(file: Buffer, parts: RegExp): Promise<string> {
  const zip = await JSZip.loadAsync(file, { checkCRC32: true })
  const texts = await Promise.all(zip.file(parts).map((part) => part.async('text')))
  return texts.join(' ').replace(/<[^>]+>/g, ' ')
}

test('by the keyboard alone: a service review is made, and its slides, document and workbook hold the numbers of the API', async () => {
  const visitor = await visitSignedIn({ language: 'de' })
  const { page, says } = visitor
  const customer = (await customers()).find(({ name }) => name.startsWith('Nordhafen'))!
  const month = new Date(Date.now() - 35 * 86_400_000).toISOString().slice(0, 7)
  const { choose, press } = keys(page)
  await page.goto(`/reviews/new?month=${month}`)
  await settled(page)
  await choose(page.getByLabel(says('reviews.customer'), { exact: true }), customer.name)
  await press(page.getByRole('button', { name: says('reviews.make.do') }))
  await page.waitForURL(/\/reviews\/[0-9a-f-]{36}/)
  await page.getByRole('link', { name: 'Folien auf Deutsch' }).waitFor({ timeout: 90_000 })
  const slides = await textsIn(await downloaded(page, 'Folien auf Deutsch'), /ppt\/slides\/slide\d+\.xml/)
  const sheets = await textsIn(await downloaded(page, 'Tabelle auf Deutsch'), /xl\/(sharedStrings|worksheets\/.*)\.xml/)
  const document = await downloaded(page, 'Dokument auf Deutsch')
  const from = `${month}-01`
  const to = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10)
  const report = await api<{ groups: { key: string; met: number; failed: number }[] }>(
    'GET',
    `/reports/attainment?customer=${customer.id}&from=${from}&to=${to}`,
  )
  const p3 = report.groups.find(({ key }) => key === 'p3')!
  expect(slides).toContain('Nordhafen Logistics')
  expect(slides).toContain(`${p3.met} von ${p3.met + p3.failed}`)
  expect(sheets).toContain('Nordhafen Logistics')
  expect(document.subarray(0, 5).toString()).toBe('%PDF-')
  expect(document.subarray(-8).toString()).toContain('%%EOF')

  await press(page.getByRole('button', { name: says('reviews.page.issue') }))
  await page
    .getByText(/herausgegeben \d/)
    .first()
    .waitFor()
  expect(visitor.complaints).toEqual([])
  await visitor.context.close()
}, 150_000)

test('by the keyboard alone: a stakeholder is invited, and sees the own customer and no other, on a phone', async () => {
  const [own, other] = await customers()
  const email = 'greta@customer.example'
  const host = await visitSignedIn()
  const hostHands = keys(host.page)
  await host.page.goto('/people/invite')
  await settled(host.page)
  await hostHands.write(host.page.getByLabel(host.says('people.email'), { exact: true }), email)
  await hostHands.write(host.page.getByLabel(host.says('people.name'), { exact: false }), 'Greta Kunde')
  await hostHands.press(host.page.getByRole('radio', { name: host.says('people.role.customer-stakeholder') }))
  const field = host.page.getByRole('combobox', { name: host.says('people.invite.customer'), exact: true })
  await hostHands.find(field, own!.name)
  await hostHands.press(host.page.getByRole('radio', { name: 'Deutsch' }))
  await hostHands.press(host.page.getByRole('button', { name: host.says('people.invite.do') }))
  const invitation = await host.page.getByLabel(host.says('people.invite.link')).inputValue()

  const visitor = await visit({ language: 'de', viewport: PHONE })
  const { page, says } = visitor
  const { press, write } = keys(page)
  await page.goto(invitation)
  await settled(page)
  await write(page.getByLabel(says('people.new-password'), { exact: true }), 'ein langes Passwort am Hafen')
  const taken = page.waitForResponse(
    (reply) => reply.request().method() === 'POST' && reply.url().includes('/invitation'),
  )
  await press(page.getByRole('button', { name: says('people.invitation.do') }))
  expect((await taken).ok()).toBe(true)
  await page.goto('/incidents')
  await settled(page)
  const [mine] = (await api<{ items: { title: string }[] }>('GET', `/incidents?customer=${own!.id}&limit=1&state=open`))
    .items
  await page.getByText(mine!.title).first().waitFor()
  for (const path of ['/incidents', '/attainment', '/reviews', '/people', '/customers', '/agreements']) {
    await follow(page, path)
    const text = await page.locator('body').innerText()
    expect(text, path).not.toContain(other!.name)
    expect(text, path).not.toContain('ada@plumbline.example')
  }
  const [foreign] = (
    await api<{ items: { id: string; title: string }[] }>('GET', `/incidents?customer=${other!.id}&limit=1`)
  ).items
  await follow(page, `/incidents/${foreign!.id}`)
  expect(await page.locator('body').innerText()).not.toContain(foreign!.title)
  expect([...host.complaints, ...visitor.complaints]).toEqual([])
  await host.context.close()
  await visitor.context.close()
})
