import { expect, test } from 'vitest'
import { actionWords, thingWords } from './words.ts'

const code = import.meta.glob<string>(
  ['../../../src/{modules,platform,commands}/**/*.ts', '!**/*.test.ts', '!**/*testing*'],
  { query: '?raw', import: 'default', eager: true },
)
const t = (key: string, values: Readonly<Record<string, unknown>> = {}) => `${key}${Object.values(values).join(' ')}`

test('every action that is written down has words', () => {
  const actions = new Set(
    Object.values(code).flatMap((text) =>
      [...text.matchAll(/\baudit\([^)]*?action: '([a-z-]+\.[a-z_-]+)'/g)].map(([, action]) => action!),
    ),
  )
  expect(actions.size).toBeGreaterThan(100)
  expect([...actions].filter((action) => actionWords(t, action) === action)).toEqual([])
})

test('every kind of subject has words', () => {
  const subjects = new Set(
    Object.values(code).flatMap((text) =>
      [...text.matchAll(/\baudit\([^)]*?subjectType: '([a-z-]+)'/g)].map(([, subject]) => subject!),
    ),
  )
  expect(subjects.size).toBeGreaterThan(20)
  expect([...subjects].filter((subject) => thingWords(t, subject) === subject)).toEqual([])
})

test('states are told with a dash or an underscore, and what nobody knows as it is', () => {
  expect(actionWords(t, 'incident.on_hold')).toBe('audit.wordsaudit.thing.incident audit.deed.on-hold')
  expect(actionWords(t, 'dragon.slain')).toBe('dragon.slain')
})
