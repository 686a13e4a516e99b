import { expect, test } from 'vitest'
import { bearerIn, sessionSecret, tokenAsPassword } from './session.ts'
import { fingerprint, looksLikeSecret, newRecoveryCode, newSecret, TOKEN_PREFIX, typedRecoveryCode } from './secret.ts'
import { waitAfter } from './slow-down.ts'

test('secrets have 256 bits of chance, and no two are the same', () => {
  const secrets = Array.from({ length: 1000 }, newSecret)

  expect(new Set(secrets).size).toBe(1000)
  expect(secrets.every((secret) => looksLikeSecret(secret) && Buffer.from(secret, 'base64url').length === 32)).toBe(
    true,
  )
})

test('what is kept of a secret is its SHA-256', () => {
  expect(fingerprint('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(fingerprint('ab', 'c')).not.toEqual(fingerprint('a', 'bc'))
})

test('a recovery code is found again however it was typed', () => {
  for (const code of Array.from({ length: 200 }, newRecoveryCode)) {
    expect(typedRecoveryCode(code)).toBe(code)
    expect(typedRecoveryCode(` ${code.toLowerCase().replaceAll('-', '')} `)).toBe(code)
    expect(typedRecoveryCode(code.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(code)
  }
})

test.each([
  ['plumbline=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)],
  ['theme=dark; plumbline=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; x=1', 'A'.repeat(43)],
  ['xplumbline=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', null],
  ['plumbline=short', null],
  ['plumbline', null],
  ['', null],
])('the session in the cookies %s', (cookie, secret) => {
  expect(sessionSecret({ headers: { cookie } } as Parameters<typeof sessionSecret>[0])).toBe(secret)
})

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc ', 'abc'],
  ['Bearer', ''],
  ['Basic abc', null],
  [`Basic ${btoa(`ada:${TOKEN_PREFIX}x`)}`, null],
  [undefined, null],
])('the token in the header %s', (header, token) => {
  expect(bearerIn(header)).toBe(token)
})

test.each([
  ['Bearer abc', null],
  ['Basic', null],
  ['Basic abc', null],
  [`Basic ${btoa('ada:measured')}`, null],
  [`Basic ${btoa(`${TOKEN_PREFIX}x`)}`, null],
  [`Basic ${btoa(`ada:${TOKEN_PREFIX}x`)}`, `${TOKEN_PREFIX}x`],
  [undefined, null],
])('the token as a password in the header %s', (header, token) => {
  expect(tokenAsPassword(header)).toBe(token)
})

test('waiting grows after five tries and never above half a minute', () => {
  expect([0, 4, 5, 6, 7, 8, 9, 10, 1000].map(waitAfter)).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30])
})
