import { describe, expect, test } from 'vitest'
import { customerOf, isCustomersRole, isRole, reachedBy, roles } from './role.ts'

const NORTH = '0192f0c0-0000-7000-8000-00000000000a'
const SOUTH = '0192f0c0-0000-7000-8000-00000000000b'

describe('what roles in force add up to', () => {
  test.each([
    ['an administrator', ['administrator'], 'staff', []],
    ['an agent for everybody', ['agent'], 'staff', []],
    ['an agent for one customer', [`agent@${NORTH}`], 'limited', [NORTH]],
    [
      'an agent for two, named once each',
      [`agent@${SOUTH}`, `resolver-lead@${NORTH}`, `agent@${NORTH}`],
      'limited',
      [NORTH, SOUTH],
    ],
    ['for one and for all', [`service-manager@${NORTH}`, 'agent'], 'staff', []],
    ['an auditor', ['auditor'], 'auditor', []],
    ['an auditor who also works', ['auditor', `agent@${NORTH}`], 'limited', [NORTH]],
    ['a stakeholder', [`customer-stakeholder@${NORTH}`], 'customer', [NORTH]],
    ['a stakeholder of two', [`customer-stakeholder@${NORTH}`, `requester@${SOUTH}`], 'customer', [NORTH, SOUTH]],
    [
      'a stakeholder of one who works for another',
      [`customer-stakeholder@${NORTH}`, `agent@${SOUTH}`],
      'limited',
      [SOUTH],
    ],
    ['a people manager', ['people-manager'], 'customer', []],
    ['the works council', ['works-council-reader'], 'customer', []],
    ['finance that also works for one', ['finance', `agent@${NORTH}`], 'limited', [NORTH]],
    ['finance of one', [`finance@${NORTH}`, 'hr-partner'], 'limited', [NORTH]],
    ['an auditor who keeps books', ['auditor', 'finance'], 'auditor', []],
    ['nobody', [], 'customer', []],
    ['a role nobody knows', ['emperor'], 'customer', []],
    ['a stakeholder of nobody', ['customer-stakeholder'], 'customer', []],
  ] as const)('%s', (_, held, access, customers) => {
    const reached = reachedBy(
      held.map((text) => {
        const [role, customerId] = text.split('@')
        return { role: role!, customerId: customerId ?? null }
      }),
    )

    expect(reached.access).toBe(access)
    expect(reached.customers).toEqual(customers)
  })

  test.each([
    [
      'who manages both customers manages',
      [
        ['service-manager', NORTH],
        ['service-manager', SOUTH],
      ],
      ['agent', 'service-manager'],
    ],
    [
      'an agent of one who manages another is an agent of both',
      [
        ['agent', NORTH],
        ['service-manager', SOUTH],
      ],
      ['agent'],
    ],
    [
      'an agent for all who manages one is an agent',
      [
        ['agent', null],
        ['service-manager', SOUTH],
      ],
      ['agent'],
    ],
    [
      'finance beside it stays',
      [
        ['finance', null],
        ['agent', NORTH],
      ],
      ['agent', 'finance'],
    ],
  ] as const)('%s', (_, held, names) => {
    const reached = reachedBy(held.map(([role, customerId]) => ({ role, customerId })))
    expect([...reached.roles].toSorted()).toEqual(names)
  })
})

test('whoever keeps books sees what concerns money, at all customers or at named ones, and beside their work there', () => {
  const all = { role: 'finance', customerId: null }
  const money = { access: 'limited', parts: [], whole: [], roles: new Set(['finance']) }
  expect(reachedBy([all], [SOUTH, NORTH])).toEqual({ ...money, books: 'all', customers: [NORTH, SOUTH] })
  expect(reachedBy([{ ...all, customerId: SOUTH }])).toEqual({ ...money, books: 'named', customers: [SOUTH] })
  const agent = { role: 'agent', customerId: NORTH }
  const ofAnother = reachedBy([agent, { ...all, customerId: SOUTH }])
  expect(ofAnother).toEqual({ ...money, customers: [NORTH], whole: [NORTH], roles: new Set(['agent']) })
  const ofThat = reachedBy([agent, { ...all, customerId: NORTH }, { ...all, customerId: SOUTH }])
  expect([ofThat.roles, ofThat.books]).toEqual([new Set(['agent', 'finance']), undefined])
  const ofPart = reachedBy([{ ...agent, siteId: SOUTH }, all], [NORTH, SOUTH])
  expect([ofPart.roles, ofPart.customers]).toEqual([new Set(['agent']), [NORTH]])
})

describe('roles for parts of a customer', () => {
  const SITE = '0192f0c0-0000-7000-8000-00000000000c'
  const part = { customerId: NORTH, siteId: SITE, serviceId: null, teamId: null }
  test.each([
    ['a stakeholder of one site', ['customer-stakeholder'], [], 'customer', ['customer-stakeholder'], [part]],
    ['an agent of one site', ['agent'], [], 'limited', ['agent'], [part]],
    ['who manages at one site works there', ['service-manager'], [], 'limited', ['agent'], [part]],
    ['an owner of a service at one site reads there', ['service-owner'], [], 'limited', ['service-owner'], [part]],
    ['an agent of the whole and of a part', ['agent'], ['agent'], 'limited', ['agent'], []],
    [
      'who manages the whole and works at a part',
      ['agent'],
      ['service-manager'],
      'limited',
      ['agent', 'service-manager'],
      [],
    ],
  ] as const)('%s', (_, ofSite, ofAll, access, names, parts) => {
    const reached = reachedBy([
      ...ofSite.map((role) => ({ role, ...part })),
      ...ofAll.map((role) => ({ role, customerId: NORTH })),
    ])
    expect(reached).toMatchObject({ access, customers: [NORTH], parts })
    expect([...reached.roles].toSorted()).toEqual(names)
  })

  test('of no customer count for nothing', () => {
    const reached = reachedBy([{ role: 'agent', customerId: null, siteId: SITE, serviceId: null }])
    expect(reached).toMatchObject({ access: 'customer', customers: [], parts: [] })
  })

  const TEAM = '0192f0c0-0000-7000-8000-00000000000d'
  const ofTeam = { siteId: null, serviceId: null, teamId: TEAM }
  test('a requester reaches what they reported, and all of a customer that another role gives them', () => {
    const requester = { role: 'requester', personId: SOUTH, customerId: NORTH }
    expect(reachedBy([requester])).toMatchObject({
      access: 'customer',
      customers: [NORTH],
      parts: [{ customerId: NORTH, siteId: null, serviceId: null, requesterId: SOUTH }],
      whole: [],
    })
    const [own] = reachedBy([{ role: 'requester', customerId: NORTH }]).parts
    expect(own!.requesterId).toBe('00000000-0000-0000-0000-000000000000')
    const both = [requester, { role: 'customer-stakeholder', customerId: NORTH }]
    expect(reachedBy(both)).toMatchObject({ parts: [], whole: [NORTH] })
  })

  test('a lead of a team works on what it has, at one customer or at all, and manages none of them', () => {
    const lead = { role: 'resolver-lead', ...ofTeam }
    expect(reachedBy([{ ...lead, customerId: NORTH }], [NORTH, SOUTH])).toEqual({
      access: 'limited',
      customers: [NORTH],
      parts: [{ customerId: NORTH, ...ofTeam }],
      whole: [],
      roles: new Set(['agent']),
    })
    expect(reachedBy([{ ...lead, customerId: null }], [SOUTH, NORTH])).toEqual({
      access: 'limited',
      customers: [NORTH, SOUTH],
      parts: [{ customerId: null, ...ofTeam }],
      whole: [],
      roles: new Set(['agent']),
    })
    const beside = [
      { ...lead, customerId: null },
      { role: 'service-manager', customerId: NORTH },
    ]
    const reached = reachedBy(beside, [NORTH, SOUTH])
    expect(reached).toMatchObject({ customers: [NORTH, SOUTH], whole: [NORTH], roles: new Set(['agent']) })
  })

  test('no team narrows what a customer’s people see', () => {
    const reached = reachedBy([{ role: 'customer-stakeholder', customerId: NORTH, ...ofTeam }])
    expect(reached).toMatchObject({ access: 'customer', customers: [], parts: [] })
  })
})

test.each([
  ['administrator', 'never', false],
  ['auditor', 'never', false],
  ['finance', 'optional', false],
  ['service-manager', 'optional', false],
  ['agent', 'optional', false],
  ['customer-stakeholder', 'needed', true],
  ['requester', 'needed', true],
] as const)('%s: a customer is %s', (role, customer, customers) => {
  expect(customerOf(role)).toBe(customer)
  expect(isCustomersRole(role)).toBe(customers)
})

test('knows the nineteen roles of the domain and no other', () => {
  expect(roles).toHaveLength(19)
  expect(isRole('agent')).toBe(true)
  expect(isRole('emperor')).toBe(false)
  expect(isRole('toString')).toBe(false)
})
