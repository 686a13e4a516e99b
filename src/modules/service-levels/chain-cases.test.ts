import { expect, test } from 'vitest'
import { chainCases } from './chain-cases.ts'

const all = { serviceId: null, category: null, siteType: null, reported: null }
const target = (name: string, conditions: Partial<typeof all | Record<string, string>> = {}, priority = 'p1') => ({
  ...all,
  ...(conditions as object),
  metric: 'resolution',
  priority,
  name,
})
type Named = ReturnType<typeof target>
const side = (targets: readonly Named[], serviceIds: readonly string[] = [], hours = 'always') => ({
  targets,
  serviceIds,
  hours,
})

function choices(promising: ReturnType<typeof side>, ...behind: ReturnType<typeof side>[]) {
  return Object.fromEntries(
    [...chainCases(promising, behind)].map(([{ name }, cases]) => [
      name,
      cases.map((choice) => choice.map((each) => each?.name ?? '–').join(' + ')).toSorted(),
    ]),
  )
}

test.each([
  ['without conditions there is one case', side([target('P1')]), [side([target('own')])], { P1: ['own'] }],
  [
    'a target behind for some cases holds for those alone',
    side([target('P1')]),
    [side([target('own'), target('mail', { serviceId: 'Mail' })])],
    { P1: ['mail', 'own'] },
  ],
  [
    'what the promise itself says of these cases is checked there, and nowhere else',
    side([target('P1'), target('P1 mail', { serviceId: 'Mail' })]),
    [side([target('own'), target('mail', { serviceId: 'Mail' })])],
    { P1: ['own'], 'P1 mail': ['mail'] },
  ],
  [
    'two agreements that ask for different things are met in every combination',
    side([target('P1')]),
    [
      side([target('a'), target('a night', { reported: 'outside-hours' })]),
      side([target('b'), target('b lab', { siteType: 'lab' })]),
    ],
    { P1: ['a + b', 'a + b lab', 'a night + b', 'a night + b lab'] },
  ],
  [
    'an agreement for one service stands behind that service alone',
    side([target('P1')], ['Mail', 'Shop']),
    [side([target('own')], ['Mail'])],
    { P1: ['own', '–'] },
  ],
  [
    'what is reported at night in the same hours is so for both',
    side([target('day', { reported: 'within-hours' }), target('night', { reported: 'outside-hours' })]),
    [side([target('a day', { reported: 'within-hours' }), target('a night', { reported: 'outside-hours' })])],
    { day: ['a day'], night: ['a night'] },
  ],
  [
    'in other hours it may be otherwise',
    side([target('day', { reported: 'within-hours' })]),
    [
      side(
        [target('a day', { reported: 'within-hours' }), target('a night', { reported: 'outside-hours' })],
        [],
        'office',
      ),
    ],
    { day: ['a day', 'a night'] },
  ],
] as const)('%s', (_, promising, behind, expected) => {
  expect(choices(promising, ...behind)).toEqual(expected)
})
