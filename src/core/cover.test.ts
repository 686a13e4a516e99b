import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COVER, covered, coveredWithin, namesIn, wordsFor } from './cover.ts'

const ada = { name: 'Ada Lövelace', email: 'ada@analytical.example' }

test.each([
  ['a mail address', 'Bitte an ada@analytical.example antworten', 'Bitte an •••@••••••••••.••••••• antworten'],
  ['a phone number', 'Call +49 30 1234567, please', 'Call +•• •• •••••••, please'],
  ['a phone number in brackets', 'Tel. (030) 123 45-67', 'Tel. (•••) ••• ••-••'],
  ['an account', 'IBAN DE89 3704 0044 0532 0130 00', 'IBAN •••• •••• •••• •••• •••• ••'],
  ['a vehicle', 'FIN WDB9066331S123456 zieht nach', 'FIN ••••••••••••••••• zieht nach'],
  ['a name in any case', 'ada lövelace rief an', '••• •••••••• rief an'],
  ['a name turned round', 'von Lövelace, Ada', 'von ••••••••, •••'],
])('%s is covered, as long as it was', (_, text, without) => {
  expect(covered(text, wordsFor(ada, false))).toBe(without)
})

test.each([
  'Seit 02.03.2026 10:15 geht nichts mehr.',
  'NB-23731 an 10.20.30.40, Fehler 0x80070005',
  'The adapter of till 3 is broken; 31 of 120 articles.',
  '2026-03-02T09:00:00.000Z',
])('%s says nothing of a person and stays', (text) => {
  expect(covered(text, wordsFor(ada, true))).toBe(text)
})

test('one word of a name is looked for in their own texts alone', () => {
  expect(namesIn('Ada meldet, Rolladatei kaputt', wordsFor(ada, true))).toBe('••• meldet, Rolladatei kaputt')
  expect(namesIn('Ada meldet', wordsFor(ada, false))).toBe('Ada meldet')
})

test('in a record all texts are covered, and neither ids nor the names of fields', () => {
  const id = '01923456-7890-7123-8123-012345678901'
  const facts = { author: 'Ada Lövelace', mail: id, to: [{ text: 'ada@analytical.example', minutes: 5, at: null }] }
  expect(coveredWithin(facts, (text) => covered(text, wordsFor(ada, false)))).toEqual({
    author: '••• ••••••••',
    mail: id,
    to: [{ text: '•••@••••••••••.•••••••', minutes: 5, at: null }],
  })
})

test('whatever is covered keeps its length, and to cover it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, name) => {
      const words = wordsFor({ name, email: null }, true)
      const once = Array.from(covered(text, words))
      const letters = Array.from(text)
      expect(once).toHaveLength(letters.length)
      expect(once.filter((letter, place) => letter !== letters[place] && letter !== COVER)).toEqual([])
      expect(covered(once.join(''), words)).toBe(once.join(''))
    }),
  )
})
