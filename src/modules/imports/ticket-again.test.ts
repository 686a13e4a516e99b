import { describe, expect, test } from 'vitest'
import type { StoredFact } from './history.ts'
import { at, moderate, options, row, stored, ticket, told } from './ticket-testing.ts'
import { newTicket, type TicketOptions, updatedTicket } from './ticket.ts'

describe('a longer export', () => {
  const first = row('01T09:07', 0, { ...moderate, state: 'new', team: 'A' })
  const second = row('01T10:00', 1, { ...moderate, state: 'in-progress', team: 'A' })
  const third = row('02T09:00', 2, { ...moderate, state: 'resolved', team: 'B', resolvedAt: at('02T09:00') })
  const known = () => stored(newTicket(ticket(first, second), options))
  const added = (outcome: ReturnType<typeof updatedTicket>) => told(outcome!.history.filter((fact) => !fact.known))

  test('that says the same again changes nothing', () => {
    expect(updatedTicket(ticket(first, second), known(), options)).toBeNull()
    expect(updatedTicket(ticket({ ...first, line: 50 }, { ...second, line: 51 }), known(), options)).toBeNull()
  })

  test('adds what is new and brings the incident up to date', () => {
    const outcome = updatedTicket(ticket(first, second, third), known(), options)
    expect(added(outcome)).toEqual([
      '02T09:00 state {from:in-progress,to:resolved}',
      '02T09:00 assigned {team:{from:team-A,to:team-B}}',
    ])
    expect(outcome).toMatchObject({
      id: 'id',
      version: 1,
      state: 'resolved',
      teamId: 'team-B',
      resolvedAt: at('02T09:00'),
      updatedAt: at('02T09:00'),
      hopCount: 1,
    })
  })

  test('may hold the new rows only', () => {
    expect(added(updatedTicket(ticket(third), known(), options))).toEqual([
      '02T09:00 state {from:in-progress,to:resolved}',
      '02T09:00 assigned {team:{from:team-A,to:team-B}}',
    ])
  })

  test('may bring a row that was missing in between', () => {
    const between = row('01T09:30', 1, { ...moderate, state: 'assigned', team: 'B' })
    const outcome = updatedTicket(
      ticket(first, between, { ...second, sequence: 2 }),
      stored(newTicket(ticket(first, { ...second, sequence: 2 }), options)),
      options,
    )
    expect(added(outcome)).toEqual([
      '01T09:30 state {from:new,to:assigned}',
      '01T09:30 assigned {team:{from:team-A,to:team-B}}',
    ])
  })

  test('writes down what the incident was, so that the import can be undone', () => {
    const mark = updatedTicket(ticket(first, second, third), known(), options)!.history.at(-1)!
    expect(mark).toMatchObject({
      kind: 'incident.imported',
      visibility: 'internal',
      facts: { rows: 3, before: { state: 'in-progress', teamId: 'team-A', resolvedAt: null } },
    })
  })

  test('leaves what was done here since, and goes on from it', () => {
    const here: StoredFact = {
      kind: 'incident.assigned',
      at: at('01T18:00'),
      facts: { assignee: { from: null, to: 'person-C' } },
      visibility: 'internal',
      sequence: 0,
      known: true,
    }
    const outcome = updatedTicket(
      ticket(first, second, third),
      { ...stored(newTicket(ticket(first, second), options), [here]), assigneeId: 'person-C', category: 'Ours' },
      options,
    )!
    expect(outcome).toMatchObject({ state: 'resolved', assigneeId: 'person-C', category: 'Ours' })
  })
})

describe('an export with one row for each ticket', () => {
  const list: TicketOptions = { ...options, form: 'tickets' }
  const open = row('01T10:00', 0, { ...moderate, state: 'in-progress', team: 'A', title: 'Mail' })
  const done = row('03T09:00', 0, {
    ...moderate,
    state: 'closed',
    team: 'B',
    title: 'Mail',
    respondedAt: at('01T09:30'),
    resolvedAt: at('02T09:00'),
    closedAt: at('03T09:00'),
  })

  test('has a history of the moments it names', () => {
    expect(told(newTicket(ticket(done), list).history)).toEqual([
      '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
      '01T09:00 assigned {team:{from:null,to:team-B}}',
      '01T09:30 responded {}',
      '02T09:00 state {from:new,to:resolved}',
      '03T09:00 state {from:resolved,to:closed}',
    ])
  })

  test('has an open state from the last change on', () => {
    expect(told(newTicket(ticket(open), list).history).slice(2)).toEqual(['01T10:00 state {from:new,to:in-progress}'])
  })

  test('has an open state from the import on when nothing says since when', () => {
    const incident = newTicket(ticket({ ...open, stamp: '' }), list)
    expect(told(incident.history).slice(2)).toEqual(['31T12:00 state {from:new,to:in-progress}'])
  })

  test('was answered after it was resolved: what came first is the answer', () => {
    const odd = row('03T09:00', 0, {
      ...moderate,
      state: 'resolved',
      respondedAt: at('02T10:00'),
      resolvedAt: at('02T09:00'),
    })
    expect(newTicket(ticket(odd), list)).toMatchObject({ state: 'resolved', respondedAt: at('02T09:00') })
  })

  test('later adds what happened since', () => {
    const known = stored(newTicket(ticket(open), list))
    const outcome = updatedTicket(ticket(done), known, list)!
    expect(told(outcome.history.filter((fact) => !fact.known))).toEqual([
      '01T09:30 responded {}',
      '02T09:00 state {from:in-progress,to:resolved}',
      '03T09:00 state {from:resolved,to:closed}',
      '03T09:00 assigned {team:{from:team-A,to:team-B}}',
    ])
    expect(outcome).toMatchObject({
      state: 'closed',
      teamId: 'team-B',
      respondedAt: at('01T09:30'),
      resolvedAt: at('02T09:00'),
      closedAt: at('03T09:00'),
    })
  })

  test('again adds nothing', () => {
    expect(updatedTicket(ticket(done), stored(newTicket(ticket(done), list)), list)).toBeNull()
  })
})
