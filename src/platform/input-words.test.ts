import { expect, test } from 'vitest'
import { z } from 'zod'
import { month } from '#core/endpoint.ts'
import { Failure } from '#core/failure.ts'
import { parseInput, problemOf } from '#platform/problem.ts'

const schema = z.strictObject({
  title: z.string().min(1).max(400),
  impact: z.enum(['high', 'medium', 'low']),
  count: z.number().min(2).max(9),
  mail: z.email(),
  month: month.default('2026-05'),
  tags: z.array(z.string()).min(1).max(3),
})
const good = { title: 'Mail', impact: 'high', count: 3, mail: 'mia@nordhafen.example', tags: ['a'] }

function saidOf(change: object): string[] {
  try {
    parseInput(schema, { ...good, ...change }, 'de')
    return []
  } catch (error) {
    return (problemOf(error, 'de', 'request').errors ?? []).map(({ path, message }) => `${path}: ${message}`)
  }
}

test.each([
  [{}, []],
  [{ title: undefined }, ['title: Das fehlt.']],
  [{ title: '' }, ['title: Das darf nicht leer sein.']],
  [{ title: 'x'.repeat(401) }, ['title: Hier passen höchstens 400 Zeichen hinein.']],
  [{ title: 7 }, ['title: Hier wird ein Text erwartet.']],
  [{ impact: 'huge' }, ['impact: Hier wird eines davon erwartet: high, medium, low.']],
  [{ count: 1 }, ['count: Mindestens 2 ist hier nötig.']],
  [{ count: 10 }, ['count: Höchstens 9 ist hier möglich.']],
  [{ mail: 'mia' }, ['mail: Das ist keine Mailadresse wie mia@example.org.']],
  [{ month: '2026-13' }, ['month: Das ist kein Monat wie 2026-05.']],
  [{ tags: [] }, ['tags: Hier ist mindestens ein Eintrag nötig.']],
  [{ tags: ['a', 'b', 'c', 'd'] }, ['tags: Hier passen höchstens 3 Einträge hinein.']],
  [{ more: 1 }, [': Ein Feld more gibt es hier nicht.']],
])('%j is answered in plain German', (change, said) => {
  expect(saidOf(change)).toEqual(said)
})

test('a failure of our own keeps its sentence', () => {
  expect(problemOf(new Failure('invalid', 'request.unreadable'), 'en', 'request').detail).toMatch(/JSON/)
})
