import { expect, test } from 'vitest'
import { troubleOf } from './problem.ts'

test.each([
  ['a sentence of the server', { responseText: 'Mailbox is busy', code: 'ECONNRESET' }, 'lost', 'Mailbox is busy'],
  ['an answer that is no text', { response: { command: 'NO' }, message: 'Command failed' }, 'other', 'Command failed'],
  ['an answer that hangs up', { response: null, message: 'Gone', code: 'NoConnection' }, 'lost', 'Gone'],
  ['a refused connection', { message: 'connect ECONNREFUSED 127.0.0.1:1', code: 'ECONNREFUSED' }, 'refused', undefined],
])('what an error of a mail server means: %s', (_, error, problem, detail) => {
  const trouble = troubleOf(error)
  expect(trouble.problem).toBe(problem)
  expect(trouble.detail).toBe(detail ?? error.message)
})
