import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Language } from '#core/text.ts'
import { findChromium } from '#platform/chromium.ts'
import { ROOT } from '#platform/configuration.ts'
import { compact, DRAWN_ALIKE, KIT_PICTURES, kitFile, kitViews, takeKit } from './kit-picture.ts'
import { ADMIN, type Program, runVerb, startProgram } from './program.ts'

/**
 * Takes the pictures in `docs/pictures` anew: the main screens over a small sample company, for the guide, and the kit,
 * which `kit.e2e.ts` compares. Everything lives in one moment, so that they differ only when a screen does.
 */
const MOMENT = '2026-10-14T08:20:00Z'
const MONTH = '2026-09'
const TICKETS = 6000
const FOLDER = join(ROOT, 'docs/pictures')
/** Of the pictures of screens, out of a hundred; the first that makes a file small enough. */
const QUALITIES = [60, 50, 40]
const BYTES_AT_MOST = 120_000

process.env['PLUMBLINE_MOMENT'] = MOMENT
process.env['NODE_OPTIONS'] = `--import=${new URL('fixed-moment.ts', import.meta.url).href}`

const wanted = process.argv.slice(2)
const { executablePath, args, env } = await findChromium({
  language: 'en',
  log: (line) => process.stderr.write(`${line}\n`),
})
Object.assign(process.env, env)
const program = await startProgram()
const browser = await chromium.launch({ executablePath, args: [...args, ...DRAWN_ALIKE] })
try {
  if (wanted.length === 0 || wanted.includes('kit')) await renewKit(browser, program)
  if (wanted.length === 0 || wanted.includes('screens')) await renewScreens(browser, program)
} finally {
  await browser.close()
  await program.stop()
}

async function renewKit(by: Browser, { url }: Program): Promise<void> {
  await rm(KIT_PICTURES, { recursive: true, force: true })
  await mkdir(KIT_PICTURES, { recursive: true })
  for (const view of kitViews) {
    const { pictures } = await takeKit(by, url, view)
    for (const [index, picture] of pictures.entries())
      await writeFile(join(KIT_PICTURES, kitFile(view, index)), compact(picture))
  }
}

async function renewScreens(by: Browser, at: Program): Promise<void> {
  const data = { ...process.env, PLUMBLINE_DATA: at.folder }
  await runVerb(['sample', '--tickets', String(TICKETS), '--seed', '1', '--json'], data)
  const screens = await mainScreens(at)
  for (const language of ['en', 'de'] as const) {
    await mkdir(join(FOLDER, language), { recursive: true })
    const page = await visitor(by, at, language)
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(path)
      await usable(page)
      await writeFile(join(FOLDER, language, `${name}.webp`), await smallPicture(page))
    }
    await page.context().close()
  }
}

async function smallPicture(page: Page): Promise<Buffer> {
  for (const quality of QUALITIES) {
    const picture = await page.screenshot({ type: 'webp', quality, animations: 'disabled' })
    if (picture.length <= BYTES_AT_MOST) return picture
  }
  throw new Error(`The picture of ${page.url()} is too large.`)
}

interface Identified {
  readonly id: string
}

interface Listed<Item> {
  readonly items: readonly Item[]
}

/** The screens that the guide shows, by the names of their pictures. */
async function mainScreens(at: Program): Promise<Readonly<Record<string, string>>> {
  const [customer] = (await call<Listed<Identified>>(at, 'GET', '/customers?q=Nordhafen')).items
  const incidents = `/incidents?customer=${customer!.id}&state=closed&sort=-openedAt&limit=200`
  const missed = (await call<Listed<Missed>>(at, 'GET', incidents)).items.find(isMissedSlowly)
  const [agreement] = (await call<Listed<Identified>>(at, 'GET', `/agreements?customer=${customer!.id}`)).items
  const calendars = (await call<Listed<Belonging>>(at, 'GET', '/calendars')).items
  const calendar = calendars.find(({ customerId }) => customerId === customer!.id)
  const people = (await call<Listed<Person>>(at, 'GET', '/people?limit=200')).items
  const person = people.find(({ roles }) => roles.some(({ role }) => role === 'service-manager'))
  return {
    today: '/',
    incidents: '/incidents',
    incident: `/incidents/${missed!.id}`,
    attainment: `/attainment?customer=${customer!.id}`,
    misses: `/attainment/cases?customer=${customer!.id}&verdict=failed`,
    agreement: `/agreements/${agreement!.id}`,
    calendar: `/calendars/${calendar?.id ?? calendars[0]!.id}`,
    import: `/imports/${await aFileToRead(at)}`,
    review: `/reviews/${await aReview(at, customer!.id)}`,
    person: `/people/${person?.id ?? people[0]!.id}`,
  }
}

interface Belonging extends Identified {
  readonly customerId: string | null
}

interface Person extends Identified {
  readonly roles: readonly { readonly role: string }[]
}

interface Missed extends Identified {
  readonly clocks: readonly {
    readonly metric: string
    readonly state: string
    readonly startedAt: string
    readonly stoppedAt: string | null
    readonly elapsedSeconds: number
  }[]
}

/** The clock of such a one has most to show: missed, with much time that did not count. */
function isMissedSlowly({ clocks }: Missed): boolean {
  return clocks.some(({ metric, state, startedAt, stoppedAt, elapsedSeconds }) => {
    const seconds = (Date.parse(stoppedAt ?? startedAt) - Date.parse(startedAt)) / 1000
    return metric === 'resolution' && state === 'breached-stopped' && seconds > 1.5 * elapsedSeconds
  })
}

/** An export as it comes, with a date that can be read in two ways and a row that cannot be read. */
async function aFileToRead(at: Program): Promise<string> {
  const rows = [
    'number,opened_at,resolved_at,incident_state,priority,assignment_group',
    'INC0010231,2026-09-02 07:41,2026-09-02 10:12,Closed,2 - High,Warehouse Systems',
    'INC0010232,2026-09-02 08:05,2026-09-03 09:30,Closed,3 - Moderate,Service Desk',
    'INC0010233,2026-09-03 16:20,,On Hold,3 - Moderate,Network',
    'INC0010234,2026-09-04 11:02,2026-09-04 11:48,Resolved,1 - Critical,Warehouse Systems',
    'INC0010235,2026-09-07 06:55,,In Progress,4 - Low,Service Desk',
  ]
  const file = `${rows.join('\n')}\n`
  const added = { source: 'servicenow', fileName: 'september.csv', size: file.length }
  const { id } = await call<Identified>(at, 'POST', '/imports', JSON.stringify(added))
  await call(at, 'PUT', `/imports/${id}/file`, file, 'application/octet-stream')
  return id
}

async function aReview(at: Program, customer: string): Promise<string> {
  const order = JSON.stringify({ customer, month: MONTH, edition: 'customer' })
  const { id } = await call<Identified>(at, 'POST', '/reviews', order)
  for (let attempt = 0; attempt < 240; attempt++) {
    const { state } = await call<{ readonly state: string }>(at, 'GET', `/reviews/${id}`)
    if (state === 'done') return id
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('The review was not made within two minutes.')
}

async function call<T>(
  { url, token }: Program,
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) })
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as T
}

async function visitor(by: Browser, { url }: Program, language: Language): Promise<Page> {
  const context = await by.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: url,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  const headers = { 'content-type': 'application/json' }
  const reply = await context.request.post('/api/v1/sign-in', { headers, data: ADMIN })
  if (!reply.ok()) throw new Error(`Nobody was signed in: ${await reply.text()}`)
  await context.addInitScript(`localStorage.setItem('plumbline.language', '${language}')`)
  const page = await context.newPage()
  await page.clock.setFixedTime(MOMENT)
  return page
}

/** Until the title is there and nothing in the page is still on its way. */
async function usable(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready')
  // What was read last may still be drawn, and what is only seen asked for: pictures of pages, lists within a page.
  await page.waitForTimeout(800)
}
