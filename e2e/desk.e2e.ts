import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Dovecot, noDovecot, startDovecot } from '../src/modules/mail/dovecot-testing.ts'
import { PHONE, settled, visit, type Visitor, visitSignedIn } from './browser.ts'
import { api, DESK_ADDRESS, type Listed, mailbox, mailOf, outgoingServer, REQUESTER, walzwerk } from './desk-world.ts'

const missing = noDovecot()
if (missing !== null) process.stderr.write(`${missing}\n`)

let world: Awaited<ReturnType<typeof walzwerk>>
let outgoing: Awaited<ReturnType<typeof outgoingServer>>
let incoming: Dovecot | undefined
let box: Awaited<ReturnType<typeof mailbox>> | undefined

beforeAll(async () => {
  world = await walzwerk()
  if (missing !== null) return
  incoming = await startDovecot()
  outgoing = await outgoingServer()
  const ports = { imap: incoming.port, smtp: outgoing.port }
  box = await mailbox(ports, { customer: world.customer.id, service: world.service.id })
})

afterAll(async () => {
  await box?.pause()
  await incoming?.end()
  await outgoing?.end()
})

/** Where others work, too, it takes a while. */
const soon = { timeout: 60_000, interval: 100 }
const PATIENCE_MS = 240_000

async function text({ page }: Visitor): Promise<string> {
  return page.locator('main').innerText()
}

/** The mail that Eva got last, once there are so many. */
async function lastTo(address: string, count: number) {
  const to = () => outgoing.sent.filter((mail) => mail.to === address)
  await expect.poll(() => to().length, soon).toBe(count)
  return to().at(-1)!
}

test.skipIf(missing !== null)(
  'reported by mail in German with a screenshot, asked back, answered, solved and confirmed on a phone; each minute is explained',
  async () => {
    const desk = await visitSignedIn({ language: 'de' })
    const { page, says } = desk
    const from = `Eva Muster <${REQUESTER.email}>`
    await page.goto('/incidents')
    await settled(page)
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
    const words = 'Guten Tag,\r\n\r\nder Scanner am Tor 2 liest nichts mehr. Siehe Bild.\r\n\r\nGrüße\r\nEva Muster'
    await incoming!.deliver(
      DESK_ADDRESS,
      mailOf({ from, id: 'a1', subject: 'Scanner am Tor 2 liest nicht – größere Störung', text: words, picture }),
    )
    await expect.poll(async () => (await world.list('')).length, soon).toBe(1)
    const [{ id, number }] = (await world.list('')) as [Listed]
    const state = async () => (await api<Listed>('GET', `/incidents/${id}`)).state

    await page.goto(`/incidents/${number}`)
    await settled(page)
    await page.getByText('bildschirm.png').first().waitFor()
    expect(await text(desk)).toContain('der Scanner am Tor 2 liest nichts mehr')
    expect(await text(desk)).toContain('Lagerscanner')
    await page.keyboard.press('t')
    await page.getByRole('button', { name: says('incidents.step.begin') }).click()
    await expect.poll(state, soon).toBe('in-progress')
    expect((await lastTo(REQUESTER.email, 1)).raw).toContain(number)

    await page.getByRole('button', { name: says('incidents.more'), exact: true }).click()
    await page.getByRole('menuitem', { name: says('incidents.step.hold') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type=radio][value=awaiting-requester]').check()
    await dialog.getByLabel(says('incidents.hold.note')).fill('Leuchtet die Lampe oben am Scanner?')
    await dialog.getByRole('button', { name: says('incidents.hold.do'), exact: true }).click()
    await expect.poll(state, soon).toBe('on-hold')
    const question = await lastTo(REQUESTER.email, 2)
    expect(question.raw).toContain('Leuchtet die Lampe oben am Scanner?')

    const reply = 'Nein, sie ist dunkel.\r\n\r\nAm 2. März schrieb Hilfe:\r\n> Leuchtet die Lampe oben am Scanner?'
    const answer = { from, id: 'a2', subject: `Re: Scanner [${number}]`, text: reply, answers: question.messageId }
    await incoming!.deliver(DESK_ADDRESS, mailOf(answer))
    await expect.poll(state, soon).toBe('in-progress')
    // The open page hears of it by itself.
    await page.getByText('Nein, sie ist dunkel.').first().waitFor()

    await page.getByRole('button', { name: says('incidents.step.resolve') }).click()
    await dialog.getByLabel(says('incidents.resolve.note')).fill('Das Netzteil war locker; es steckt jetzt fest.')
    await dialog.getByLabel(says('incidents.resolution-code')).selectOption('fixed')
    await dialog.getByRole('button', { name: says('incidents.resolve.do'), exact: true }).click()
    await expect.poll(state, soon).toBe('resolved')
    expect((await lastTo(REQUESTER.email, 3)).raw).toContain('Das Netzteil war locker')

    const eva = await visitSignedIn({ language: 'de', viewport: PHONE }, REQUESTER)
    await eva.page.goto('/portal')
    await eva.page.getByText('Scanner am Tor 2').first().click()
    await eva.page.getByText('Das Netzteil war locker').first().waitFor()
    expect(await eva.page.locator('body').innerText()).not.toContain(DESK_ADDRESS)
    await eva.page.getByRole('button', { name: says('portal.confirm.works') }).click()
    await expect.poll(state, soon).toBe('closed')

    const { clocks } = await api<Listed>('GET', `/incidents/${id}`)
    const resolution = clocks.find(({ metric }) => metric === 'resolution')!
    expect(resolution.state).toBe('met')
    const { steps } = await api<{ steps: { kind: string; sentence: string }[] }>(
      'GET',
      `/incidents/${id}/clocks/${resolution.id}/explanation`,
    )
    expect(steps.map(({ kind }) => kind)).toEqual(['run', 'pause', 'run'])
    for (const visitor of [desk, eva]) {
      expect(visitor.complaints).toEqual([])
      await visitor.context.close()
    }
  },
  PATIENCE_MS,
)

const STORM = 50
const REPORTS = [
  'Scanner geht nicht',
  'Scanner gehen nicht mehr',
  'Alle Scanner gehen nicht',
  'Scanner geht nicht an Tor',
]

test.skipIf(missing !== null)(
  'a storm of fifty mails becomes one major incident with its children, a status page, mails to all, and its reports',
  async () => {
    const before = new Set((await world.list('limit=100')).map(({ id }) => id))
    const storm = Array.from({ length: STORM }, (_, index) =>
      mailOf({
        from: `"Person ${index}" <p${index}@walzwerk.example>`,
        id: `s${index}`,
        subject: `${REPORTS[index % REPORTS.length]} ${Math.floor(index / REPORTS.length) + 1}`,
        text: 'Guten Tag, unsere Scanner lesen nicht mehr.',
      }),
    )
    await incoming!.deliver(DESK_ADDRESS, ...storm)
    const arrived = async () => (await world.list('limit=100&sort=-openedAt')).filter(({ id }) => !before.has(id))
    await expect.poll(async () => (await arrived()).length, soon).toBe(STORM)
    const first = (await arrived()).at(-1)!

    const desk = await visitSignedIn({ language: 'de' })
    const { page, says } = desk
    await page.goto(`/major-incidents/new?incident=${first.number}`)
    await settled(page)
    await page.getByLabel(says('major-incidents.criterion.many-users')).check()
    await page.getByLabel(says('major-incidents.impact'), { exact: false }).fill('Kein Lkw verlässt den Hof.')
    await page.getByRole('button', { name: says('major-incidents.declare.do') }).click()
    await page.waitForURL(/\/major-incidents\/[0-9a-f-]{36}/)
    const major = `/major-incidents/${/[0-9a-f-]{36}/.exec(page.url())![0]}`
    await page.goto(`${major}?show=children`)
    await settled(page)
    await page.getByRole('button', { name: says('major-incidents.attach', { count: String(STORM - 1) }) }).click()
    const parts = async () => (await api<{ children: { all: number } }>('GET', major)).children.all
    await expect.poll(parts, soon).toBe(STORM - 1)

    const { path } = await api<{ path: string }>('POST', '/status-pages', {
      customer: world.customer.id,
      audience: 'users',
    })
    await page.goto(major)
    await settled(page)
    await page.keyboard.press('m')
    await page.getByLabel(says('major-incidents.audience.users')).check()
    await page
      .getByLabel(says('major-incidents.update.text'), { exact: true })
      .fill('Wir kennen die Ursache. Bitte auf Papier schreiben.')
    await page
      .getByRole('button', { name: says('major-incidents.update.do-public', { customer: 'Walzwerk Süd' }) })
      .click()
    const informed = () =>
      new Set(outgoing.sent.filter(({ raw }) => raw.includes('auf Papier schreiben')).map(({ to }) => to)).size
    await expect.poll(informed, soon).toBe(STORM)

    const phone = await visit({ language: 'de', viewport: PHONE })
    const told = async () => (await phone.page.goto(path)) && phone.page.locator('main').innerText()
    await expect.poll(told, { ...soon, interval: 500 }).toContain('Bitte auf Papier schreiben.')
    expect(await phone.page.locator('main').innerText()).toContain('Lagerscanner')

    for (const to of ['investigating', 'mitigated', 'restored'])
      await api('POST', `${major}/transitions`, { to, note: 'Der Zugangspunkt wurde neu gestartet.' })
    await page.goto(`${major}?show=reports`)
    await settled(page)
    const report = async (kind: string) => {
      await page.getByRole('button', { name: says(`major-incidents.report.${kind}`), exact: true }).click()
      return text(desk)
    }
    expect(await report('flash')).toContain('Kein Lkw verlässt den Hof.')
    for (const kind of ['update', 'restored', 'summary']) {
      const { lines } = await api<{ lines: string[] }>('GET', `${major}/notes/${kind}?lang=de`)
      expect(lines.length).toBeGreaterThan(2)
      await expect.poll(() => report(kind), soon).toContain(lines[0])
    }
    expect(await text(desk)).toContain('Lagerscanner')
    await report('full')
    await page.getByRole('link', { name: says('major-incidents.report.pdf-customer') }).waitFor()
    const [all, open] = [await world.list('limit=100'), await world.list('limit=100&state=open')]
    expect([all.length, open.length]).toEqual([STORM + before.size, STORM])
    for (const visitor of [desk, phone]) {
      expect(visitor.complaints).toEqual([])
      await visitor.context.close()
    }
  },
  PATIENCE_MS,
)

test(
  'found by another word, ordered in three clicks on a phone, approved, done and confirmed',
  async () => {
    const { person } = await api<{ person: { id: string } }>('GET', '/session')
    const team = (await api<{ items: { id: string }[] }>('GET', '/teams')).items[0]!
    const item = await api<{ id: string }>('POST', '/catalogue-items', {
      customer: world.customer.id,
      name: { de: 'Zweiter Bildschirm', en: 'Second screen' },
      synonyms: { de: ['Monitor'], en: ['monitor'] },
      approval: [{ by: 'person', person: person.id, from: null }],
      plan: [
        {
          kind: 'people',
          title: { de: 'Aufstellen', en: 'Set up' },
          team: team.id,
          stage: 1,
          seconds: 7200,
          uses: [],
          url: null,
        },
      ],
    })
    await api('POST', `/catalogue-items/${item.id}/transitions`, { to: 'published' })

    const eva = await visitSignedIn({ language: 'de', viewport: PHONE }, REQUESTER)
    const { page, says } = eva
    await page.goto('/portal')
    await settled(page)
    // One: the field, and words; two: what was found; three: the order.
    await page.getByRole('combobox', { name: says('portal.search') }).click()
    await page.keyboard.type('Monitor')
    await page.getByRole('option', { name: /Zweiter Bildschirm/ }).click()
    await page.getByRole('button', { name: says('portal.order.do'), exact: true }).click()
    await page.waitForURL(/\/portal\/requests\/[A-Z]+-/)
    const number = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!)
    const state = async () => (await api<{ state: string }>('GET', `/requests/${number}`)).state
    expect(await state()).toBe('awaiting-approval')

    const desk = await visitSignedIn({ language: 'de' })
    await desk.page.goto('/requests/approvals')
    await settled(desk.page)
    await desk.page.getByRole('button', { name: says('requests.approve-of', { number }) }).click()
    await expect.poll(state, soon).toBe('fulfilling')
    await desk.page.goto(`/requests/${number}`)
    await settled(desk.page)
    await desk.page.getByRole('button', { name: says('requests.finish'), exact: true }).click()
    await desk.page
      .getByRole('dialog')
      .getByRole('button', { name: says('requests.finish-do'), exact: true })
      .click()
    await expect.poll(state, soon).toBe('delivered')

    await page.reload()
    await page.getByRole('button', { name: says('portal.request.right') }).click()
    await expect.poll(state, soon).toMatch(/confirmed|closed/)
    for (const visitor of [desk, eva]) {
      expect(visitor.complaints).toEqual([])
      await visitor.context.close()
    }
  },
  PATIENCE_MS,
)
