import { atRest } from './at-rest.ts'
import { median, percentile, print, rounded } from './measure.ts'
import { runVerb, startProgram } from '../e2e/program.ts'

/**
 * The portal's one search over services, items, articles, disturbances and what somebody reported, as a requester types:
 * word by word, letter by letter. `PLUMBLINE_BENCH_TICKETS` makes it smaller.
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 1_000_000)
const ROUNDS = 20
const WORDS = [
  'Drucker',
  'Notebook',
  'VPN geht nicht',
  'Passwort',
  'scanner',
  'Bildschirm flackert',
  'new laptop',
  'zqxj',
]
const PASSWORD = 'long enough for a portal'

const program = await startProgram()
try {
  await runVerb(['sample', '--add', '--tickets', String(TICKETS), '--json'], {
    ...process.env,
    PLUMBLINE_DATA: program.folder,
  })
  await atRest(program)
  const api = `${program.url}/api/v1`
  const json = { 'content-type': 'application/json' }
  const admin = { ...json, authorization: `Bearer ${program.token}` }
  const read = async <T>(reply: Response): Promise<T> => {
    if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}: ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const { items } = await read<{ items: readonly { id: string }[] }>(
    await fetch(`${api}/customers?limit=1`, { headers: admin }),
  )
  const invitation = { email: 'eva@portal.example', name: 'Eva', role: 'requester', customer: items[0]!.id }
  const { link } = await read<{ link: string }>(
    await fetch(`${api}/invitations`, { method: 'POST', headers: admin, body: JSON.stringify(invitation) }),
  )
  const accepted = await fetch(`${api}/invitations/accept`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token: new URL(link).hash.slice(1), password: PASSWORD }),
  })
  const cookie = accepted.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const typed = WORDS.flatMap((words) =>
    Array.from({ length: words.length - 1 }, (_, letter) => words.slice(0, letter + 2)),
  )
  const times: number[] = []
  let slowest = { words: '', ms: 0 }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const words of typed) {
      const started = performance.now()
      await read(await fetch(`${api}/portal/search?q=${encodeURIComponent(words)}`, { headers: { cookie } }))
      const ms = performance.now() - started
      // The first round compiles and prepares.
      if (round === 0) continue
      times.push(ms)
      if (ms > slowest.ms) slowest = { words, ms: rounded(ms, 1) }
    }
  }
  print({
    name: 'portal.search.p95',
    value: rounded(percentile(times, 0.95)),
    unit: 'ms',
    samples: times.length,
    detail: { wanted: 60, median: rounded(median(times)), slowest, tickets: TICKETS },
  })
} finally {
  await program.stop()
}
