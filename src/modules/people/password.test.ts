import { describe, expect, test } from 'vitest'
import { canonicalPassword, faultOf } from './password.ts'

const owner = { email: 'greta.lindqvist@example.com', name: 'Greta Lindqvist' }

describe('a password is refused when it is', () => {
  test.each([
    ['one character short', 'elf Zeichen', 'too-short'],
    ['twelve bytes but six characters', '🐎🐎🐎🐎🐎🐎', 'too-short'],
    ['longer than anybody types', 'x7'.repeat(129), 'too-long'],
    ['the commonest one, made longer', 'Password1234!', 'common'],
    ['the same in German', 'Passwort2026!', 'common'],
    ['the product and a year', 'Plumbline2026', 'common'],
    ['written with digits', 'P4ssw0rd!!!!!!', 'common'],
    ['said twice', 'WillkommenWillkommen', 'common'],
    ['one letter over and over', 'aaaaaaaaaaaaa', 'common'],
    ['a few letters over and over', 'abcabcabcabcabc', 'common'],
    ['digits in their order', '123456789012', 'common'],
    ['digits backwards', '987654321098', 'common'],
    ['a row of keys', 'qwertzuiopasdf', 'common'],
    ['the alphabet', 'abcdefghijklmno', 'common'],
    ['the own first name', 'my name is greta 77', 'personal'],
    ['the own address', 'x-Greta.Lindqvist-x', 'personal'],
    ['the own last name in capitals', 'THE LINDQVISTS 2026', 'personal'],
  ])('%s', (_, password, fault) => {
    expect(faultOf(password, owner)).toBe(fault)
  })
})

describe('a password is taken', () => {
  test.each([
    ['of words', 'blue kettle under the stairs'],
    ['of small letters only', 'gxqvnrtzkwph'],
    ['of digits only, when they are no row', '840275913366'],
    ['with blanks and signs of other scripts', 'дом на холме 12'],
    ['of exactly twelve characters', 'Zw0lf Zeiche'],
    ['of 256 characters', Array.from({ length: 64 }, (_, word) => `w${word + 100}`).join('')],
    ['that has a common word among others', 'summer rain on copper roofs'],
  ])('%s', (_, password) => {
    expect(faultOf(password, owner)).toBeNull()
  })

  test('although a name of three letters is in it', () => {
    expect(faultOf('blue kettle under the stairs', { email: 'tle@example.com', name: 'Jo Und' })).toBeNull()
  })
})

test('the same characters typed in another way are the same password', () => {
  expect(canonicalPassword('Gru\u0308ße')).toBe(canonicalPassword('Grüße'))
})
