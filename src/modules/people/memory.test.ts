import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { tellAccessChanged } from '#platform/access-change.ts'
import { callerMemory } from './memory.ts'

const agent = actorWith('staff', ['agent'])
const now = new Date('2026-03-02T09:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('whoever was looked up is remembered for ten seconds, and no longer than their rights last', () => {
  const ears = {}
  const memory = callerMemory(() => ears)
  memory.keeper()('one', agent, { now, until: null })
  memory.keeper()('other', agent, { now, until: later(3) })

  expect(memory.of('one', later(9))).toBe(agent)
  expect(memory.of('one', later(10))).toBeNull()
  expect(memory.of('other', later(2))).toBe(agent)
  expect(memory.of('other', later(3))).toBeNull()
  expect(memory.of('nobody', now)).toBeNull()
})

test('a change makes it forget everybody, and whom it was about to remember', () => {
  const ears = {}
  const memory = callerMemory(() => ears)
  memory.keeper()('one', agent, { now, until: null })
  const keep = memory.keeper()
  tellAccessChanged()
  keep('other', agent, { now, until: null })

  expect(memory.of('one', now)).toBeNull()
  expect(memory.of('other', now)).toBeNull()
})

test('nobody is remembered while it hears nothing, nor what it knew before it heard nothing', () => {
  let ears: object | null = {}
  const memory = callerMemory(() => ears)
  memory.keeper()('one', agent, { now, until: null })
  ears = null
  memory.keeper()('other', agent, { now, until: null })
  expect([memory.of('one', now), memory.of('other', now)]).toEqual([null, null])

  memory.keeper()('one', agent, { now, until: null })
  ears = {}
  expect(memory.of('one', now)).toBeNull()
})
