import { describe, expect, test } from 'vitest'
import type { BulkFact, BulkIncident } from '#modules/incidents'
import type { Field } from './field.ts'
import type { StoredFact } from './history.ts'
import type { TicketRow } from './row.ts'
import { type KnownTicket, newTicket, type Ticket, type TicketOptions, updatedTicket } from './ticket.ts'

const at = (time: string) => Date.parse(`2026-03-${time}:00Z`)
const names = (prefix: string) => new Map(['A', 'B', 'C'].map((name) => [name, `${prefix}-${name}`]))

const options: TicketOptions = {
  form: 'changes',
  mapped: new Set<Field>([
    'number',
    'updatedAt',
    'state',
    'openedAt',
    'resolvedAt',
    'closedAt',
    'priority',
    'impact',
    'urgency',
    'team',
    'assignee',
    'category',
    'reportedMet',
  ]),
  ids: {
    team: names('team'),
    assignee: names('person'),
    requester: names('caller'),
    site: names('site'),
    service: names('service'),
  },
  now: at('31T12:00'),
  customerId: 'customer',
  source: 'servicenow',
}

/** A row of the log at a moment; what is not said is missing. */
function row(time: string, sequence: number, values: Partial<TicketRow> = {}): TicketRow {
  return {
    key: 'INC1',
    at: at(time),
    sequence,
    line: 2,
    stamp: `~${at(time).toString(36)}`,
    activity: null,
    own: null,
    state: null,
    priority: null,
    impact: null,
    urgency: null,
    title: 'Mail',
    description: null,
    resolution: null,
    category: null,
    channel: null,
    team: null,
    assignee: null,
    requester: null,
    site: null,
    service: null,
    reportedMet: null,
    reopenCount: null,
    hopCount: null,
    openedAt: at('01T09:00'),
    respondedAt: null,
    resolvedAt: null,
    closedAt: null,
    ...values,
  }
}

const ticket = (...rows: TicketRow[]): Ticket => ({
  key: 'INC1',
  rows,
  fingerprint: JSON.stringify(rows.map((each) => ({ ...each, line: 0 }))),
})

/** Facts as `time kind …`, without the mark of the import. */
function told(history: readonly BulkFact[]): string[] {
  return history.flatMap(({ kind, at: moment, facts }) => {
    if (kind === 'incident.imported') return []
    return [
      `${new Date(moment).toISOString().slice(8, 16)} ${kind.slice(9)} ${JSON.stringify(facts).replaceAll('"', '')}`,
    ]
  })
}

const moderate = { priority: 'p3', impact: 'medium', urgency: 'medium' }

describe('the history of a log', () => {
  test.each<[string, TicketRow[], string[]]>([
    [
      'begins with the opening, and each row adds what became different',
      [
        row('01T09:07', 0, { ...moderate, state: 'new', team: 'A' }),
        row('01T10:00', 1, { ...moderate, state: 'in-progress', team: 'A', assignee: 'A' }),
        row('01T11:00', 2, { ...moderate, state: 'on-hold:awaiting-requester', team: 'A', assignee: 'A' }),
        row('02T09:00', 3, { ...moderate, state: 'resolved', team: 'A', assignee: 'A' }),
      ],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '01T09:07 assigned {team:{from:null,to:team-A}}',
        '01T10:00 state {from:new,to:in-progress}',
        '01T10:00 assigned {assignee:{from:null,to:person-A}}',
        '01T11:00 state {from:in-progress,to:on-hold,reason:awaiting-requester}',
        '02T09:00 state {from:on-hold,to:resolved}',
      ],
    ],
    [
      'that begins later has the state of its first row from that row’s moment on',
      [row('03T10:00', 4, { ...moderate, state: 'in-progress' })],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '03T10:00 state {from:new,to:in-progress}',
      ],
    ],
    [
      'tells apart what one is waiting for',
      [
        row('01T10:00', 0, { ...moderate, state: 'on-hold:awaiting-requester' }),
        row('01T11:00', 1, { ...moderate, state: 'on-hold:awaiting-supplier' }),
      ],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '01T10:00 state {from:new,to:on-hold,reason:awaiting-requester}',
        '01T11:00 state {from:on-hold,to:on-hold,reason:awaiting-supplier}',
      ],
    ],
    [
      'keeps a changed priority as a correction, and what else changed together',
      [
        row('01T09:00', 0, { ...moderate, state: 'new', category: 'Mail', reportedMet: true }),
        row('01T10:00', 1, {
          priority: 'p1',
          impact: 'high',
          urgency: 'high',
          state: 'new',
          category: 'Network',
          reportedMet: false,
        }),
      ],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '01T10:00 priority {from:p3,to:p1,reason:correction,impact:high,urgency:high}',
        '01T10:00 changed {impact:{from:medium,to:high},urgency:{from:medium,to:high},category:{from:Mail,to:Network},reportedMet:{from:true,to:false}}',
      ],
    ],
    [
      'says nothing of a row in which nothing visible changed, nor of a value that is missing',
      [
        row('01T09:00', 0, { ...moderate, state: 'new' }),
        row('01T10:00', 1, { ...moderate, state: 'new' }),
        row('01T11:00', 2, { state: null, priority: null }),
      ],
      ['01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}'],
    ],
    [
      'of a ticket that lost its team says so',
      [row('01T09:00', 0, { ...moderate, state: 'new', team: 'A' }), row('01T10:00', 1, { ...moderate, state: 'new' })],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '01T09:00 assigned {team:{from:null,to:team-A}}',
        '01T10:00 assigned {team:{from:team-A,to:null}}',
      ],
    ],
    [
      'keeps the order of its rows where clocks were put forward',
      [
        row('01T10:30', 0, { ...moderate, state: 'in-progress' }),
        row('01T10:10', 1, { ...moderate, state: 'resolved' }),
      ],
      [
        '01T09:00 opened {priority:p3,impact:medium,urgency:medium,state:new}',
        '01T10:30 state {from:new,to:in-progress}',
        '01T10:30 state {from:in-progress,to:resolved}',
      ],
    ],
  ])('%s', (_, rows, facts) => {
    expect(told(newTicket(ticket(...rows), options).history)).toEqual(facts)
  })
})

describe('an incident made from a log', () => {
  const rows = [
    row('01T09:07', 0, { ...moderate, state: 'new', team: 'A' }),
    row('01T10:00', 1, { ...moderate, state: 'in-progress', team: 'B' }),
    row('01T11:00', 2, { ...moderate, state: 'in-progress', team: 'C' }),
    row('02T09:00', 3, { ...moderate, state: 'resolved', team: 'C', resolvedAt: at('02T09:00') }),
    row('02T10:00', 4, { ...moderate, state: 'in-progress', team: 'C', resolvedAt: at('02T09:00') }),
    row('03T09:00', 5, {
      ...moderate,
      state: 'closed',
      team: 'C',
      reportedMet: false,
      resolvedAt: at('02T09:00'),
      closedAt: at('03T09:00'),
    }),
  ]

  test('stands where its history ends, and keeps what its source says of itself', () => {
    expect(newTicket(ticket(...rows), options)).toMatchObject({
      state: 'closed',
      priority: 'p3',
      teamId: 'team-C',
      openedAt: at('01T09:00'),
      respondedAt: at('01T10:00'),
      resolvedAt: at('02T09:00'),
      closedAt: at('03T09:00'),
      updatedAt: at('03T09:00'),
      reopenCount: 1,
      hopCount: 1,
      reportedMet: false,
      source: 'servicenow',
      sourceKey: 'INC1',
    })
  })

  test('has no moment of resolution where the source gives none', () => {
    const closed = row('03T09:00', 1, { ...moderate, state: 'closed', closedAt: at('03T09:00') })
    expect(newTicket(ticket(rows[0]!, closed), options)).toMatchObject({
      state: 'closed',
      resolvedAt: null,
      closedAt: at('03T09:00'),
    })
  })

  test('is not resolved while it is worked on again', () => {
    expect(newTicket(ticket(...rows.slice(0, 5)), options)).toMatchObject({
      state: 'in-progress',
      resolvedAt: null,
      closedAt: null,
    })
  })

  test('has ratings that fit what is known of them', () => {
    const rated = (values: Partial<TicketRow>) => {
      const { priority, impact, urgency } = newTicket(ticket(row('01T10:00', 0, { state: 'new', ...values })), options)
      return [priority, impact, urgency]
    }
    expect(rated({ priority: 'p1' })).toEqual(['p1', 'high', 'high'])
    expect(rated({ impact: 'high', urgency: 'low' })).toEqual(['p3', 'high', 'low'])
    expect(rated({})).toEqual(['p3', 'medium', 'medium'])
  })
})

/** The ticket as it lies in the database after an import. */
function stored(incident: BulkIncident, extra: readonly StoredFact[] = []): KnownTicket {
  const history = incident.history.map((fact): StoredFact => ({ ...fact, sequence: fact.sequence ?? 99, known: true }))
  return { ...incident, id: 'id', number: 'N-1', version: 1, history: [...history, ...extra] }
}

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
