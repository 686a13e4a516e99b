import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { findChromium } from '#platform/chromium.ts'
import { ADMIN, type Program, runVerb, startProgram } from '../e2e/program.ts'
import { median, percentile, print, rounded } from './measure.ts'

/**
 * The web application in Chromium with its processor slowed four times, over the sample company
 * (`PLUMBLINE_BENCH_TICKETS`, 100,000 without it): visits, a scripted day of work, a long list, the memory it keeps.
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 100_000)
const SLOWED = 4
const SCROLL_MS = 5000
/** What was read on the first page is asked for once more when there is a worker to keep it. */
const SETTLES_MS = 2000
/** How often each is done. A round through the pages is what somebody does in some minutes: forty are two hours of work. */
const TIMES = { visits: 5, days: 3, filters: 12, rounds: 40 } as const

/** Collected in the page from its very beginning: the largest paint, and how long each interaction took to show. */
const COLLECT = `
  window.measured = { paint: 0, interactions: new Map() }
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) measured.paint = entry.startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { interactionId, duration, name } of list.getEntries()) {
      if (interactionId > 0 && !(measured.interactions.get(interactionId)?.duration >= duration))
        measured.interactions.set(interactionId, { duration, name })
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

const { executablePath, args, env } = await findChromium({
  language: 'en',
  log: (line) => process.stderr.write(`${line}\n`),
})
Object.assign(process.env, env)
const program = await startProgram()
const browser = await chromium.launch({ executablePath, args: [...args] })
try {
  await runVerb(['sample', '--tickets', String(TICKETS), '--json'], { ...process.env, PLUMBLINE_DATA: program.folder })
  await measureVisits(program)
  await measureDays(program)
  await measureList(program)
  await measureMemory(program)
} finally {
  await browser.close()
  await program.stop()
}

interface Slowed {
  readonly page: Page
  readonly context: BrowserContext
  readonly tools: CDPSession
}

/** Somebody signed in, in a browser that has never been here. */
async function visitor({ url }: Program): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: url,
  })
  const reply = await context.request.post('/api/v1/sign-in', {
    headers: { 'content-type': 'application/json' },
    data: ADMIN,
  })
  if (!reply.ok()) throw new Error(await reply.text())
  await context.addInitScript(COLLECT)
  return context
}

async function slowed(context: BrowserContext): Promise<Slowed> {
  const page = await context.newPage()
  const tools = await context.newCDPSession(page)
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  return { page, context, tools }
}

/** Until the page can be used: its title is there and nothing in it is still on its way. */
async function usable(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** Until the program has been kept for later visits, as it was long before somebody comes again; once per version. */
async function installed(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await page.waitForTimeout(SETTLES_MS)
}

async function measureVisits(at: Program): Promise<void> {
  const first: number[] = []
  const later: number[] = []
  const paints: number[] = []
  for (let visit = 0; visit < TIMES.visits; visit++) {
    const { page, context } = await slowed(await visitor(at))
    first.push(await timeTo(page, () => page.goto('/')))
    paints.push(await page.evaluate<number>('measured.paint'))
    await installed(page)
    for (let again = 0; again < 2; again++) later.push(await timeTo(page, () => page.reload()))
    await context.close()
  }
  const detail = { processorSlowed: SLOWED, tickets: TICKETS }
  print({ name: 'browser.first-visit', value: rounded(median(first), 0), unit: 'ms', samples: first.length, detail })
  print({ name: 'browser.later-visit', value: rounded(median(later), 0), unit: 'ms', samples: later.length, detail })
  print({
    name: 'browser.largest-paint',
    value: rounded(median(paints), 0),
    unit: 'ms',
    samples: paints.length,
    detail,
  })
}

async function timeTo(page: Page, go: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await go()
  await usable(page)
  return performance.now() - started
}

/** What an agent does all day, by mouse and keyboard: look at Today, filter, open, read, note, hold, go on, search. */
async function workADay(page: Page): Promise<void> {
  await page.goto('/')
  await usable(page)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL(/incidents/)
  await page.getByRole('row').nth(20).waitFor()
  await usable(page)
  for (let line = 0; line < 15; line++) await page.keyboard.press('j')
  for (let line = 0; line < 5; line++) await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(/incidents\/[^?]+/)
  await usable(page)
  await page.mouse.wheel(0, 600)
  await page.getByRole('button', { name: 'Write an update' }).first().click()
  await page.getByRole('textbox', { name: 'Internal note' }).click()
  await page.keyboard.type('The line was down for a minute; the scanners found it again by themselves.')
  await page.goBack()
  await usable(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('printer')
  await page.waitForTimeout(600)
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.waitForURL(/attainment|service-levels/)
  await usable(page)
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.waitForURL(/reviews/)
  await usable(page)
}

async function measureDays(at: Program): Promise<void> {
  const durations: { duration: number; name: string }[] = []
  let count = 0
  const { page, context } = await slowed(await visitor(at))
  for (let day = 0; day < TIMES.days; day++) {
    await workADay(page)
    const done = await page.evaluate<{ count: number; found: { duration: number; name: string }[] }>(
      '({ count: performance.interactionCount ?? 0, found: [...measured.interactions.values()] })',
    )
    count += done.count
    durations.push(...done.found)
  }
  await context.close()
  // What took less than the browser's threshold of 16 ms is counted, but not told of one by one.
  const unseen = Array.from({ length: Math.max(0, count - durations.length) }, () => 16)
  const all = [...durations.map(({ duration }) => duration), ...unseen]
  print({
    name: 'browser.interaction.p95',
    value: percentile(all, 0.95),
    unit: 'ms',
    samples: all.length,
    detail: {
      processorSlowed: SLOWED,
      median: median(all),
      slowest: durations.toSorted((one, other) => other.duration - one.duration).slice(0, 5),
    },
  })
}

/** Frames while the list is scrolled by the wheel, and the time from a chosen filter to its first row. */
async function measureList(at: Program): Promise<void> {
  const { page, context } = await slowed(await visitor(at))
  // Not the open ones alone: those are some hundreds, and a fast scroll is at their end before it was measured.
  await page.goto('/incidents?state=all')
  await usable(page)
  await installed(page)
  await page.getByRole('row').nth(5).hover()
  await page.evaluate(`
    window.frames_ = 0
    const count = () => { window.frames_++; requestAnimationFrame(count) }
    requestAnimationFrame(count)`)
  const started = performance.now()
  const framesBefore = await page.evaluate<number>('frames_')
  while (performance.now() - started < SCROLL_MS) {
    await page.mouse.wheel(0, 240)
    await page.waitForTimeout(16)
  }
  const frames = (await page.evaluate<number>('frames_')) - framesBefore
  const seconds = (performance.now() - started) / 1000
  print({
    name: 'browser.list.frames',
    value: rounded(frames / seconds, 1),
    unit: '1/s',
    samples: frames,
    detail: { processorSlowed: SLOWED, tickets: TICKETS, rows: await page.getByRole('row').count() },
  })

  const times: number[] = []
  const filters = ['state=open', 'priority=p1', 'state=closed', 'priority=p3']
  for (let round = 0; round < TIMES.filters; round++) {
    const path = `/incidents?${filters[round % filters.length]!}&sort=${round % 2 === 0 ? '-openedAt' : '-updatedAt'}`
    times.push(
      await page.evaluate<number>(`(async () => {
        const rows = () => [...document.querySelectorAll('[role=row], tbody tr')].slice(0, 8).map((row) => row.textContent).join()
        const before = rows()
        const started = performance.now()
        history.pushState({}, '', ${JSON.stringify(path)})
        while (rows() === before && performance.now() - started < 5000) await new Promise(requestAnimationFrame)
        return performance.now() - started
      })()`),
    )
  }
  await context.close()
  print({
    name: 'browser.list.filter',
    value: rounded(median(times), 0),
    unit: 'ms',
    samples: times.length,
    detail: { processorSlowed: SLOWED, tickets: TICKETS, p95: rounded(percentile(times, 0.95), 0) },
  })
}

/** What the page keeps of its memory after rounds through the pages: after the first few it must not grow. */
async function measureMemory(at: Program): Promise<void> {
  const context = await visitor(at)
  const page = await context.newPage()
  const tools = await context.newCDPSession(page)
  const kept: number[] = []
  await page.goto('/')
  for (let round = 0; round < TIMES.rounds; round++) {
    for (const path of ['/incidents', '/attainment', '/agreements', '/customers', '/reviews', '/']) {
      await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)
      await usable(page)
    }
    await tools.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await tools.send('Runtime.getHeapUsage')) as { usedSize: number }
    kept.push(usedSize / 1024 ** 2)
  }
  await context.close()
  const [early, late] = [median(kept.slice(5, 10)), median(kept.slice(-5))]
  print({
    name: 'browser.memory.growth',
    value: rounded(late / early, 3),
    unit: 'times',
    samples: kept.length,
    detail: { earlyMb: rounded(early, 1), lateMb: rounded(late, 1), pages: TIMES.rounds * 6 },
  })
}
