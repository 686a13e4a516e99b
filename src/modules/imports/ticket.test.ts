import { describe, expect, test } from 'vitest'
import { at, moderate, options, row, told, ticket } from './ticket-testing.ts'
import type { TicketRow } from './row.ts'
import { newTicket } from './ticket.ts'

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
