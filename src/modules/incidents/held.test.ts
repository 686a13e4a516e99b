import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdingOf, isPingPong } from '#core/handovers.ts'
import type { IncidentFact } from './clock-events.ts'
import { holdingEventsOf } from './handover-histories.ts'
import { durationClass, hasHeld, heldOf, partsUntil, waitedMs } from './held.ts'

const teams = ['A', 'B', 'C', '']

/** A history of one who is handed about, waits and is resolved; some things happen at one moment. */
const history = fc
  .tuple(
    fc.option(fc.constantFrom(...teams), { nil: undefined }),
    fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.nat(50)),
        kind: fc.constantFrom('team', 'state', 'activity'),
        team: fc.constantFrom(...teams),
        state: fc.constantFrom('assigned', 'in-progress', 'on-hold', 'restored', 'resolved', 'closed'),
        reason: fc.constantFrom('awaiting-requester', 'awaiting-supplier'),
      }),
      { maxLength: 12 },
    ),
  )
  .map(([first, steps]): IncidentFact[] => {
    let at = 1000
    const opened = { id: '0', kind: 'incident.opened', at, facts: first === undefined ? {} : { team: first } }
    const rest = steps.map(({ gap, kind, team, state, reason }, index) => {
      at += gap
      const facts = kind === 'team' ? { team: { to: team } } : kind === 'state' ? { to: state, reason } : {}
      return { id: `${index + 1}`, kind: kind === 'team' ? 'incident.assigned' : `incident.${kind}`, at, facts }
    })
    return [opened, ...rest]
  })

test('what is kept of an incident says the same as its history, up to any moment', () => {
  fc.assert(
    fc.property(history, fc.nat(800), (facts, until) => {
      const { events, end, last } = holdingEventsOf(facts, until)
      const { stays, handovers } = holdingOf(events, end)
      const held = heldOf(facts)
      const parts = partsUntil(held, until)
      expect(held).toMatchObject({
        handovers: handovers.length,
        pingPong: isPingPong({ handovers }),
        durationMs: last - 1000,
      })
      const known = [...teams, 'D'].map((team) => {
        const own = stays.filter((stay) => (stay.team ?? '') === team)
        const ms = (kind: string) => own.reduce((sum, each) => sum + (each.kind === kind ? each.to - each.from : 0), 0)
        return {
          away: handovers.filter(({ from }) => from === team).length,
          back: handovers.some(({ to, back }) => back && to === team),
          held: own.length > 0,
          times: [ms('working'), ms('waiting'), ms('over')],
          waits: [...new Set(own.map(({ waitsFor }) => waitsFor).filter((each) => each !== null))].toSorted(),
        }
      })
      const kept = [...teams, 'D'].map((team) => {
        const part = parts[team] ?? { away: 0, back: false, working: 0, over: 0, waits: {} }
        return {
          away: part.away,
          back: part.back,
          held: hasHeld(part),
          times: [part.working, waitedMs(part), part.over],
          waits: Object.keys(part.waits).toSorted(),
        }
      })
      expect(kept).toEqual(known)
    }),
    { numRuns: 5000 },
  )
})

test('a longer time is in the same class or a later one, and a class is no wider than an eighth', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (one, more) => {
      expect(durationClass(one + more)).toBeGreaterThanOrEqual(durationClass(one))
      const longer = 8 + one
      expect(durationClass(Math.ceil(longer * 1.125))).toBeGreaterThan(durationClass(longer))
    }),
    { numRuns: 5000 },
  )
})
