import { expect, test } from 'vitest'
import { leasingSigns } from './leasing.ts'

test.each([
  ['Mo–Fr 22 bis 6 Uhr, Yard, Staplerschein', []],
  ['Lagerhardware, Stufe 2, Deutsch, Hamburg Altenwerder', []],
  ['Nights on site while ships are unloaded', []],
  ['Fragen zur Abnahme an die Einsatzplanung', []],
  ['Bitte wieder Herr Müller-Brandt, Nachtschicht', ['person Herr Müller-Brandt']],
  ['Frau Dr. Öztürk', ['person Frau Dr. Öztürk']],
  ['Please send Mr Shaw again', ['person Mr Shaw']],
  ['only the same people as in May', ['person only the same people']],
  ['jan@elbkant.example kommt', ['person jan@elbkant.example']],
  [
    'Arbeitet nach unserer Weisung und ist dem Schichtleiter unterstellt',
    ['direction nach unserer Weisung', 'direction unterstellt'],
  ],
  ['reports to the shift lead', ['direction reports to']],
  ['Zeiterfassung bei uns, Urlaub nach Absprache', ['hours Zeiterfassung', 'hours Urlaub']],
  ['time sheets every Friday', ['hours time sheets']],
  ['gehört zu unserem Team', ['belonging unserem Team']],
  ['part of our team', ['belonging part of our team']],
])('“%s” shows %j', (text, expected) => {
  expect(leasingSigns(text).map(({ kind, word }) => `${kind} ${word}`)).toEqual(expected)
})
