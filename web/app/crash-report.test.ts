import { expect, test } from 'vitest'
import { reportOf } from '#web/app/crash-report.ts'
import { CallFailure } from '#web/http/call-failure.ts'

test('the report of a defect names places in our code and nothing that anybody typed', () => {
  const error = new TypeError('Cannot read “Greta Lindqvist, 12 Hafenstraße” of undefined')
  error.stack = `${error.name}: ${error.message}\n    at render (https://desk.example.com/assets/desk-4f2a.js:10:2042)`
  const report = reportOf(error, '/incidents/$number', new Date('2026-11-10T10:42:00Z'))
  expect(report).toContain('TypeError')
  expect(report).toContain('/incidents/$number')
  expect(report).toContain('desk-4f2a.js:10:2042')
  expect(report).not.toMatch(/Greta|Hafen|example\.com/)
})

test('the report of a refused call has the number under which the server knows it', () => {
  const failure = new CallFailure({
    status: 500,
    code: 'internal',
    message: 'Something about Greta',
    requestId: 'r-17',
  })
  const report = reportOf(failure, '/')
  expect(report).toContain('500 internal')
  expect(report).toContain('r-17')
  expect(report).not.toContain('Greta')
})
