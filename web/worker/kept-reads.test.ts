import { expect, test } from 'vitest'
import { isKept, mayHaveChangedOwner } from './kept-reads.ts'

const json = (status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers({ 'content-type': 'application/json; charset=utf-8', ...headers }),
})
const at = (path: string) => `https://desk.example.com/api/v1${path}`

test('what was read is kept; a refusal, a file, the secrets of an account and what is too large are not', () => {
  expect(isKept(at('/incidents?state=open'), json())).toBe(true)
  expect(isKept(at('/session'), json())).toBe(true)
  expect(isKept(at('/incidents/NHL-1'), json(404))).toBe(false)
  expect(isKept(at('/sessions'), json())).toBe(false)
  expect(isKept(at('/tokens'), json())).toBe(false)
  expect(isKept(at('/incidents'), json(200, { 'content-length': '9000000' }))).toBe(false)
  expect(
    isKept(at('/reviews/1/documents/review.de.pdf'), {
      status: 200,
      headers: new Headers({ 'content-type': 'application/pdf' }),
    }),
  ).toBe(false)
})

test('signing in and out end what the person before may read', () => {
  for (const path of ['/sign-in', '/sign-in/second-factor', '/sign-out', '/set-up', '/invitations/accept'])
    expect([path, mayHaveChangedOwner(`/api/v1${path}`)]).toEqual([path, true])
  expect(mayHaveChangedOwner('/api/v1/incidents')).toBe(false)
})
