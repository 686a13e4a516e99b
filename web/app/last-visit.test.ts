import { expect, test, vi } from 'vitest'
import { usualResolving } from '#core/resolution.ts'
import { readLastVisit } from './last-visit.ts'

vi.mock('#web/app/query-client.ts', () => ({ queryClient: {} }))

const NOW = Date.parse('2026-11-22T09:00:00Z')
const ADA = '0198a000-0000-7000-8000-000000000001'
const BEA = '0198a000-0000-7000-8000-000000000002'

const session = {
  signedIn: true,
  setUpNeeded: false,
  person: { id: ADA, name: 'Ada', email: 'ada@example.com', language: 'en', timeZone: null },
  access: 'staff',
  roles: [],
  counting: [],
  customers: [],
  twoFactor: false,
  recoveryCodesLeft: 0,
  organisation: null,
}
const row = { high: 'p1', medium: 'p2', low: 'p3' }
const appearance = {
  organisation: null,
  accent: null,
  logo: null,
  language: 'en',
  timeZone: 'Europe/Berlin',
  words: { en: { states: {}, reasons: {} }, de: { states: {}, reasons: {} } },
  matrix: { high: row, medium: row, low: row },
  resolving: usualResolving,
  passwordLeast: 12,
}
const today = {
  at: '2026-11-22T08:58:00Z',
  items: [],
  nextCursor: null,
  count: 0,
  late: 0,
  strip: { from: '2026-11-22T08:00:00Z', to: '2026-11-22T18:00:00Z', points: [], more: 0 },
  watched: {
    open: 3,
    running: 1,
    dueInDay: 0,
    paused: 0,
    pausedLong: 0,
    resolved: 0,
    month: { month: '2026-11', met: 0, measured: 0 },
  },
  begun: { hasTickets: true, hasActiveAgreement: true, hasReview: true, hasColleagues: true },
}

interface Kept {
  readonly owner?: string | null
  readonly inDoubt?: boolean
  readonly minutesAgo?: number
  readonly said?: object
  readonly by?: object
}

function kept({ owner = ADA, inDoubt = false, minutesAgo = 2, said = today, by = session }: Kept = {}) {
  const headers = { date: new Date(NOW - minutesAgo * 60_000).toUTCString() }
  const answers = [by, appearance, said].map((body) => Response.json(body, { headers }))
  return [inDoubt ? new Response('') : undefined, owner === null ? undefined : new Response(owner), ...answers]
}

test('what one saw a moment ago is there again at once', async () => {
  const last = await readLastVisit(kept(), NOW)
  expect(last?.session.person.id).toBe(ADA)
  expect(last?.today.watched.open).toBe(3)
  expect(last?.today.at).toEqual(new Date('2026-11-22T08:58:00Z'))
})

test.each([
  ['somebody else’s', { owner: BEA }],
  ['nobody’s', { owner: null }],
  ['of somebody who may have changed', { inDoubt: true }],
  ['of nobody signed in', { by: { ...session, signedIn: false, person: null } }],
  ['older than an hour', { minutesAgo: 61 }],
  ['of a version that said it otherwise', { said: { ...today, watched: undefined } }],
])('what is %s is not shown', async (_, what) => {
  expect(await readLastVisit(kept(what), NOW)).toBeNull()
})
