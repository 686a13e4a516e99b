import { describe, expect, test } from 'vitest'
import type { Asker } from '#core/may.ts'
import {
  barredFromDisabling,
  barredFromGranting,
  barredFromKeepingPerson,
  barredFromKeepingTeams,
  barredFromRestoringSignIn,
  barredFromSeeingAccounts,
} from './may.ts'

const ME = '0192f0c0-0000-7000-8000-000000000001'
const SOMEBODY = '0192f0c0-0000-7000-8000-000000000002'

const as = (role: string, access: Asker['access'] = 'staff'): Asker => ({
  personId: ME,
  access,
  roles: new Set([role]),
})
const askers = {
  administrator: as('administrator'),
  manager: as('service-manager', 'limited'),
  agent: as('agent'),
  auditor: as('auditor', 'auditor'),
  stakeholder: as('customer-stakeholder', 'customer'),
}

describe('who gives whom which role', () => {
  test.each([
    ['administrator', 'administrator', null],
    ['administrator', 'customer-stakeholder', null],
    ['manager', 'customer-stakeholder', null],
    ['manager', 'requester', null],
    ['manager', 'agent', 'may.administrators'],
    ['manager', 'service-manager', 'may.administrators'],
    ['agent', 'customer-stakeholder', 'may.managers'],
    ['agent', 'agent', 'may.administrators'],
    ['auditor', 'customer-stakeholder', 'may.read-only'],
    ['stakeholder', 'customer-stakeholder', 'may.managers'],
  ] as const)('%s → %s: %s', (asker, role, reason) => {
    expect(barredFromGranting(askers[asker], role)).toBe(reason)
  })
})

describe('who keeps whose record', () => {
  test.each([
    ['administrator', null, null],
    ['manager', null, 'may.administrators'],
    ['manager', { id: SOMEBODY }, null],
    ['agent', { id: SOMEBODY }, 'may.managers'],
    ['stakeholder', { id: SOMEBODY }, 'may.managers'],
  ] as const)('%s of %s: %s', (asker, customer, reason) => {
    expect(barredFromKeepingPerson(askers[asker], { customer })).toBe(reason)
  })
})

test('administrators switch others off, never themselves', () => {
  expect(barredFromDisabling(askers.administrator, SOMEBODY)).toBeNull()
  expect(barredFromDisabling(askers.administrator, ME)).toBe('may.not-yourself')
  expect(barredFromDisabling(askers.manager, SOMEBODY)).toBe('may.administrators')
  expect(barredFromRestoringSignIn(askers.administrator, SOMEBODY)).toBeNull()
  expect(barredFromRestoringSignIn(askers.administrator, ME)).toBe('may.not-yourself')
})

test('teams and the state of accounts are for managers', () => {
  expect(barredFromKeepingTeams(askers.manager)).toBeNull()
  expect(barredFromKeepingTeams(askers.agent)).toBe('may.managers')
  expect(barredFromSeeingAccounts(askers.administrator)).toBeNull()
  expect(barredFromSeeingAccounts(askers.stakeholder)).toBe('may.managers')
})
