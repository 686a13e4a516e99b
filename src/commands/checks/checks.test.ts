import { expect, test } from 'vitest'
import { testCommand } from '../test.ts'
import { problemsOf } from './boundaries.ts'
import { unfree } from './licences.ts'
import { runSteps } from './run.ts'
import { checkSteps, type Step, testSteps } from './step.ts'
import { tallyOf } from './tests.ts'

const quiet = { language: 'en' as const, err: () => undefined, env: {} }
const module = (source: string, imports = 1) => ({ source, dependencies: Array.from({ length: imports }, () => ({})) })
const fine = { succeeded: true, tookTooLong: false, language: 'en' as const }
const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
}

test('every step is run to its end, whatever becomes of the others', async () => {
  const steps: Step[] = [
    { name: 'one', check: async () => 'wrong' },
    { name: 'two', check: async () => Promise.reject(new Error('broken')) },
    { name: 'three', check: async () => null },
    { name: 'unit', room: 'unit', tests: async () => ({ passed: 5, failed: 1, skipped: 2, problem: null }), needs: [] },
    {
      name: 'e2e',
      room: 'browser',
      tests: async () => ({ passed: 9, failed: 0, skipped: 0, problem: null }),
      needs: ['one'],
    },
  ]
  const said: string[] = []

  const results = await runSteps(steps, { ...quiet, err: (line) => void said.push(line) })

  expect(results).toMatchObject([
    { step: 'one', passed: 0, failed: 1 },
    { step: 'two', passed: 0, failed: 1 },
    { step: 'three', passed: 1, failed: 0 },
    { step: 'unit', passed: 5, failed: 1, skipped: 2 },
    { step: 'e2e', passed: 0, failed: 0, skipped: 1 },
  ])
  expect(said.join('\n')).toMatch(/wrong[^]*broken|broken[^]*wrong/)
})

test('a step that nobody knows is wrong use, and the known ones are said', async () => {
  const said: string[] = []
  const code = await testCommand(['--only', 'types,nonsense'], {
    language: 'en',
    json: false,
    out: () => undefined,
    err: (line) => void said.push(line),
  })

  expect(code).toBe(2)
  expect(said.join()).toContain('There is no step nonsense')
  for (const { name } of testSteps) expect(said.join()).toContain(name)
})

test('the quick checks need no browser', () => {
  expect(checkSteps.map(({ name }) => name)).toEqual([
    'types',
    'lint',
    'format',
    'boundaries',
    'unused',
    'licences',
    'generated',
    'web',
    'unit',
  ])
})

test.each([
  ['no module at all', []],
  ['some modules only', [module('src/a.ts'), module('src/b.ts')]],
  ['modules without their imports', ['src/a.ts', 'src/b.ts', 'src/c.ts'].map((file) => module(file, 0))],
])('boundaries checked over %s are not called kept', (_, modules) => {
  const files = ['src/a.ts', 'src/b.ts', 'src/c.ts']
  expect(problemsOf({ modules, summary: { violations: [] } }, { files, language: 'en' })).toContain('of the 3 files')
})

test.each([
  ['a permissive licence', { license: 'MIT' }, []],
  ['one of two that is permissive', { license: '(MIT OR GPL-3.0-or-later)' }, []],
  ['two that both hold, of which one is not', { license: 'MIT AND GPL-3.0-only' }, ['a@1.0.0: MIT AND GPL-3.0-only']],
  ['one that is fine for tests alone', { license: 'MPL-2.0', dev: true }, []],
  ['the same in what is shipped', { license: 'MPL-2.0' }, ['a@1.0.0: MPL-2.0']],
  ['none at all', {}, ['a@1.0.0: –']],
])('%s', (_, locked, found) => {
  expect(unfree({ '': {}, 'node_modules/a': { version: '1.0.0', ...locked } })).toEqual(found)
})

test('a boundary that is crossed is named, with both sides', () => {
  const modules = [module('src/core/a.ts'), module('src/platform/b.ts')]
  const rule = { name: 'core-is-pure', severity: 'error' }
  const violations = [{ from: 'src/core/a.ts', to: 'src/platform/b.ts', rule }]
  const files = ['src/core/a.ts', 'src/platform/b.ts']

  expect(problemsOf({ modules, summary: { violations: [] } }, { files, language: 'en' })).toBeNull()
  expect(problemsOf({ modules, summary: { violations } }, { files, language: 'en' })).toBe(
    'core-is-pure: src/core/a.ts → src/platform/b.ts',
  )
})

test.each([
  ['tests that all passed', report, fine, { passed: 3, failed: 0, skipped: 1 }],
  [
    'a file that broke before its first test',
    { ...report, testResults: [{ status: 'failed', assertionResults: [] }] },
    { ...fine, succeeded: false },
    { passed: 3, failed: 1, skipped: 1 },
  ],
  ['an error outside of any test', report, { ...fine, succeeded: false }, { passed: 3, failed: 1, skipped: 1 }],
  ['no test at all', { ...report, numPassedTests: 0, testResults: [] }, fine, { passed: 0, failed: 1, skipped: 1 }],
  ['a run that left no report', null, { ...fine, succeeded: false }, { passed: 0, failed: 1, skipped: 0 }],
])('%s are counted so', (_, given, how, expected) => {
  expect(tallyOf(given, how)).toMatchObject(expected)
})
