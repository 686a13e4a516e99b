import { expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Language } from '#core/text.ts'
import { follow, settled, visitSignedIn } from './browser.ts'
import { type Hands, keys, mouse, thumb } from './hands.ts'

/**
 * A ServiceNow-shaped log around Easter 2026, written with the day first and no day beyond the twelfth. Good Friday and
 * Easter Monday are the 3rd and the 6th of April: from Thursday 16:00 to Tuesday 09:30 it is 3½ hours of 08:00 to 18:00
 * in Hamburg, to Tuesday 11:00 it is 5.
 */
const LOG = [
  'number,incident_state,sys_mod_count,sys_updated_at,opened_at,resolved_at,priority,made_sla,assignment_group,in_words',
  'INC1,New,0,2/4/2026 16:00,2/4/2026 16:00,,3 - Moderate,true,Desk,Scanner at gate 2 reads nothing',
  'INC1,Active,1,2/4/2026 16:10,2/4/2026 16:00,,3 - Moderate,true,Desk,Scanner at gate 2 reads nothing',
  'INC1,Resolved,2,7/4/2026 09:30,2/4/2026 16:00,7/4/2026 09:30,3 - Moderate,true,Desk,Scanner at gate 2 reads nothing',
  'INC2,New,0,2/4/2026 16:00,2/4/2026 16:00,,3 - Moderate,true,Desk,Labels come out empty',
  'INC2,Active,1,2/4/2026 16:20,2/4/2026 16:00,,3 - Moderate,true,Desk,Labels come out empty',
  'INC2,Resolved,2,7/4/2026 11:00,2/4/2026 16:00,7/4/2026 11:00,3 - Moderate,true,Desk,Labels come out empty',
].join('\n')

interface Journey {
  readonly page: Page
  readonly language: Language
  readonly says: (key: string, values?: Readonly<Record<string, string>>) => string
  readonly hands: Hands
  readonly customer: string
}

/** Drops the log, says what it could not know, tries it, takes it in; gives the address of its page. */
async function importLog({ page, says, hands, customer }: Journey): Promise<string> {
  await page.goto('/imports')
  await settled(page)
  const file = { name: 'incidents.csv', mimeType: 'text/csv', buffer: Buffer.from(LOG) }
  await hands.giveFile(page.locator('input[type=file]'), file)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)

  const meaningOf = (column: string) => page.getByLabel(says('imports.meaning-of', { column }), { exact: true })
  await meaningOf('number').waitFor()
  expect(await meaningOf('number').inputValue()).toBe('number')
  expect(await meaningOf('made_sla').inputValue()).toBe('reportedMet')
  expect(await page.locator('main').innerText()).toContain(says('imports.start-open'))
  await hands.press(page.getByRole('radio', { name: /2.*(April|Apr)/ }))
  await page.getByRole('region', { name: says('imports.step.rows') }).waitFor()
  await hands.press(page.getByRole('button', { name: says('imports.unused-show') }))
  await hands.choose(meaningOf('in_words'), says('imports.field.title'))
  await page.getByRole('cell', { name: 'Labels come out empty' }).first().waitFor()
  await hands.press(page.getByRole('radio', { name: says('imports.customer-new') }))
  await hands.write(page.getByLabel(says('imports.customer-name'), { exact: true }), customer)

  await hands.press(page.getByRole('button', { name: says('imports.try') }))
  await page.getByRole('heading', { name: says('imports.result-try') }).waitFor()
  await hands.press(page.getByRole('button', { name: says('imports.start'), exact: true }))
  await page.getByRole('heading', { name: says('imports.result'), exact: true }).waitFor()
  return new URL(page.url()).pathname
}

/** A calendar with Hamburg's holidays, and four hours for P3 within it. */
async function agree({ page, language, says, hands, customer }: Journey): Promise<void> {
  const calendar = `Hamburg, ${customer}`
  const combobox = (key: string) => page.getByRole('combobox', { name: says(key), exact: true })
  await follow(page, '/calendars/new')
  await hands.write(page.getByLabel(says('agreements.calendar.name')), calendar)
  await hands.find(combobox('agreements.calendar.country'), language === 'de' ? 'Deutschland' : 'Germany')
  await hands.find(combobox('agreements.calendar.state'), 'Hamburg')
  await hands.press(page.getByRole('button', { name: says('agreements.calendar.new.do') }))
  await page.getByRole('heading', { level: 1, name: calendar }).waitFor()

  await follow(page, '/agreements/new')
  await hands.find(combobox('agreements.customer'), customer)
  await hands.write(page.getByLabel(says('agreements.name'), { exact: true }), 'Paper')
  await hands.choose(page.getByLabel(says('agreements.calendar'), { exact: true }), calendar)
  const names = { metric: says('agreements.metric.resolution'), priority: 'P3' }
  await hands.write(page.getByLabel(says('agreements.time-of', names)), '4 h')
  await hands.write(page.getByLabel(says('agreements.share-of', names)), '90')
  await hands.press(page.getByRole('button', { name: says('agreements.do-activate') }))
  await page.getByRole('heading', { level: 1, name: 'Paper' }).waitFor()
}

const hands = [
  ['with a mouse, in English', 'en', mouse],
  ['by the keyboard alone, in German', 'de', keys],
  ['by thumb on a phone, in German', 'de', thumb],
] as const satisfies readonly (readonly [string, Language, (page: Page) => Hands])[]

test.for(hands)(
  'an export becomes incidents whose clocks are counted by what was agreed, and is taken back, %s',
  { concurrent: true },
  async ([how, language, handsOn], { expect: expectHere }) => {
    const visitor = await visitSignedIn({ language, touch: handsOn === thumb })
    const { page, says } = visitor
    const customer = `Easter ${how}`
    const journey = { page, language, says, hands: handsOn(page), customer }
    const { press } = journey.hands

    const imported = await importLog(journey)
    await press(page.getByRole('link', { name: says('imports.next-incidents') }))
    await page.waitForURL(/\/incidents\?/)
    await settled(page)

    await agree(journey)
    const id = await idOf(customer)
    await follow(page, `/attainment?customer=${id}&month=2026-04`)
    // The clocks are counted in the background: the page is looked at until they are there.
    const figure = page.getByRole('button', { name: language === 'de' ? '1 von 2' : '1 of 2' }).first()
    const counted = async () => {
      await page.reload()
      await settled(page)
      return figure.count()
    }
    await expectHere.poll(counted, { timeout: 30_000 }).toBeGreaterThan(0)
    await press(figure)
    await press(page.getByRole('dialog').getByRole('link', { name: /-\d+$/ }).first())
    await page.getByRole('heading', { level: 1, name: /Labels come out empty/ }).waitFor()
    const ledger = await page.getByRole('table').first().innerText()
    expect(ledger).toMatch(/Karfreitag|Good Friday/)
    expect(await page.locator('main').innerText()).toMatch(/5\s(h|Std\.)\s(of|von)\s4/)

    await follow(page, imported)
    await press(page.getByRole('button', { name: says('imports.undo-do') }))
    await press(page.getByRole('dialog').getByRole('button', { name: says('imports.undo-do') }))
    await page.getByText(says('imports.page.undone')).waitFor()
    expect((await api<Listed>(`/incidents?customer=${id}`)).items).toEqual([])
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  },
)

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string }[]
}

async function api<T>(path: string): Promise<T> {
  const { url, token } = inject('program')
  const reply = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
  expect(reply.status, path).toBe(200)
  return (await reply.json()) as T
}

async function idOf(customer: string): Promise<string> {
  return (await api<Listed>('/customers?limit=200')).items.find(({ name }) => name === customer)!.id
}
