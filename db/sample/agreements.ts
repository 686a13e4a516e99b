import type { CalendarRules, OpenWindow } from '#core/calendar-rules.ts'
import type { SampleAgreement, SampleAgreementVersion, SampleCalendar, SampleSupport } from './company.ts'

const HOUR = 3600
const MINUTE = 60

const window = (from: number, to: number): OpenWindow => ({ opens: from * 60, closes: to * 60 })

/** Windows for each of the weekdays, then for Saturday and Sunday. */
function rules(
  timeZone: string,
  weekday: readonly OpenWindow[],
  saturday: readonly OpenWindow[] = [],
  sunday: readonly OpenWindow[] = [],
): CalendarRules {
  return { timeZone, week: [weekday, weekday, weekday, weekday, weekday, saturday, sunday], exceptions: [] }
}

const always = [window(0, 24)]
const lunchAt = (from: number, lunch: number, until: number) => [window(from, lunch), window(lunch + 0.5, until)]

export const calendars: readonly SampleCalendar[] = (
  [
    {
      key: 'hamburg-office',
      customer: 'NHL',
      name: 'Hamburg, Mon–Fri 08–18',
      rules: rules('Europe/Berlin', [window(8, 18)]),
      place: { country: 'DE', state: 'HH' },
    },
    {
      key: 'warehouse',
      customer: 'NHL',
      name: 'Warehouses, Mon–Sat 05–23',
      rules: rules('Europe/Berlin', [window(5, 23)], [window(5, 23)]),
      place: { country: 'DE', state: 'HH' },
    },
    // The week begins with the night shift of Sunday evening and ends with the one of Friday night.
    {
      key: 'shifts',
      customer: 'ALF',
      name: 'Factory shifts, Sun 22 to Sat 06',
      rules: rules('Europe/London', [window(6, 14), window(14, 22), window(22, 30)], [], [window(22, 30)]),
      place: { country: 'GB', state: 'ENG' },
    },
    {
      key: 'london-office',
      customer: 'ALF',
      name: 'London, Mon–Fri 08–18',
      rules: rules('Europe/London', [window(8, 18)]),
      place: { country: 'GB', state: 'ENG' },
    },
    {
      key: 'laboratory',
      customer: 'VIS',
      name: 'Laboratories, Mon–Sat 06–22',
      rules: rules('Europe/Berlin', [window(6, 22)], [window(6, 22)]),
      place: { country: 'DE', state: 'BW' },
    },
    {
      key: 'always',
      customer: null,
      name: 'Around the clock',
      rules: rules('UTC', always, always, always),
      place: null,
    },
    {
      key: 'shops',
      customer: 'BWR',
      name: 'Shops, Mon–Sat 08–21, Sun 10–18',
      rules: rules('Europe/London', [window(8, 21)], [window(8, 21)], [window(10, 18)]),
      place: null,
    },
    {
      key: 'house',
      customer: 'SHQ',
      name: 'München, Mon–Thu 07:30–17, Fri to 15, lunch break',
      rules: {
        timeZone: 'Europe/Berlin',
        week: [...Array.from({ length: 4 }, () => lunchAt(7.5, 12, 17)), lunchAt(7.5, 12, 15), [], []],
        exceptions: [],
      },
      place: { country: 'DE', state: 'BY' },
    },
  ] satisfies readonly Omit<SampleCalendar, 'id'>[]
).map((calendar) => ({ id: calendar.key, ...calendar }))

const matrix: SampleAgreementVersion['matrix'] = {
  high: { high: 'p1', medium: 'p2', low: 'p3' },
  medium: { high: 'p2', medium: 'p3', low: 'p4' },
  low: { high: 'p3', medium: 'p4', low: 'p5' },
}

const customerWaits = ['awaiting-requester', 'awaiting-customer', 'appointment', 'customer-delay'] as const

const usual = { from: 'before', matrix, pausedBy: customerWaits } as const

export const agreements: readonly SampleAgreement[] = [
  {
    key: 'nordhafen',
    customer: 'NHL',
    name: 'Nordhafen service agreement',
    // The canteen's tills are nobody's promise.
    services: [
      'workplace',
      'email',
      'telephony',
      'network',
      'remote',
      'printing',
      'access',
      'files',
      'meetings',
      'mobile',
      'scanning',
      'warehouse',
      'labels',
      'yard',
      'customs',
    ],
    versions: [
      {
        ...usual,
        calendar: 'hamburg-office',
        targets: {
          response: { p1: [30 * MINUTE, 9500], p2: [1 * HOUR, 9500], p3: [4 * HOUR, 9000], p4: [8 * HOUR, 9000] },
          resolution: { p1: [4 * HOUR, 9500], p2: [16 * HOUR, 9500], p3: [30 * HOUR, 9500], p4: [50 * HOUR, 9000] },
        },
      },
      {
        ...usual,
        from: 8,
        calendar: 'warehouse',
        targets: {
          response: { p1: [15 * MINUTE, 9500], p2: [1 * HOUR, 9500], p3: [4 * HOUR, 9000], p4: [10 * HOUR, 9000] },
          resolution: { p1: [4 * HOUR, 9500], p2: [16 * HOUR, 9500], p3: [36 * HOUR, 9500], p4: [72 * HOUR, 9000] },
        },
      },
    ],
  },
  {
    key: 'aldermoor-plants',
    customer: 'ALF',
    name: 'Aldermoor plant systems',
    services: ['production', 'weighing', 'orders', 'network'],
    versions: [
      {
        ...usual,
        calendar: 'shifts',
        targets: {
          response: { p1: [15 * MINUTE, 9500], p2: [30 * MINUTE, 9500], p3: [4 * HOUR, 9000], p4: [8 * HOUR, 9000] },
          resolution: { p1: [4 * HOUR, 9500], p2: [8 * HOUR, 9000], p3: [48 * HOUR, 9000], p4: [96 * HOUR, 9000] },
        },
      },
    ],
  },
  {
    key: 'aldermoor-offices',
    customer: 'ALF',
    name: 'Aldermoor workplace',
    services: [],
    versions: [
      {
        ...usual,
        calendar: 'london-office',
        targets: {
          response: {
            p1: [30 * MINUTE, 9500],
            p2: [1 * HOUR, 9000],
            p3: [4 * HOUR, 9000],
            p4: [8 * HOUR, 9000],
            p5: [16 * HOUR, 8500],
          },
          resolution: {
            p1: [4 * HOUR, 9500],
            p2: [10 * HOUR, 9000],
            p3: [30 * HOUR, 9000],
            p4: [50 * HOUR, 9000],
            p5: [100 * HOUR, 8500],
          },
        },
      },
    ],
  },
  {
    key: 'vistel-results',
    customer: 'VIS',
    name: 'Vistel results around the clock',
    services: ['analysers', 'results'],
    versions: [
      {
        ...usual,
        calendar: 'always',
        targets: {
          response: { p1: [15 * MINUTE, 9800], p2: [30 * MINUTE, 9500], p3: [4 * HOUR, 9000], p4: [24 * HOUR, 9000] },
          resolution: { p1: [3 * HOUR, 9500], p2: [8 * HOUR, 9500], p3: [72 * HOUR, 9000], p4: [120 * HOUR, 9000] },
        },
      },
    ],
  },
  {
    key: 'vistel',
    customer: 'VIS',
    name: 'Vistel laboratories and offices',
    services: [],
    versions: [
      {
        ...usual,
        calendar: 'laboratory',
        targets: {
          response: {
            p1: [20 * MINUTE, 9500],
            p2: [1 * HOUR, 9500],
            p3: [4 * HOUR, 9000],
            p4: [8 * HOUR, 9000],
            p5: [16 * HOUR, 9000],
          },
          resolution: {
            p1: [4 * HOUR, 9500],
            p2: [12 * HOUR, 9500],
            p3: [40 * HOUR, 9000],
            p4: [80 * HOUR, 9000],
            p5: [160 * HOUR, 8500],
          },
        },
      },
    ],
  },
  {
    key: 'brackwater',
    customer: 'BWR',
    name: 'Brackwater shops and distribution',
    services: [],
    versions: [
      {
        ...usual,
        calendar: 'shops',
        // One till of many is not much, but a queue at it is: nothing at a shop is left for last.
        matrix: { ...matrix, low: { high: 'p3', medium: 'p4', low: 'p4' } },
        targets: {
          response: { p1: [15 * MINUTE, 9500], p2: [45 * MINUTE, 9000], p3: [3 * HOUR, 9000], p4: [8 * HOUR, 8500] },
          resolution: { p1: [3 * HOUR, 9500], p2: [8 * HOUR, 9000], p3: [30 * HOUR, 9000], p4: [60 * HOUR, 8500] },
        },
      },
    ],
  },
  {
    key: 'house',
    customer: 'SHQ',
    name: 'House agreement',
    services: [],
    versions: [
      {
        ...usual,
        calendar: 'house',
        // Among colleagues an open question stops the clock, whoever has to answer it.
        pausedBy: ['awaiting-requester', 'awaiting-customer', 'appointment', 'customer-delay', 'awaiting-change'],
        targets: {
          response: {
            p1: [30 * MINUTE, 9000],
            p2: [1 * HOUR, 9000],
            p3: [4 * HOUR, 9000],
            p4: [9 * HOUR, 8500],
            p5: [18 * HOUR, 8500],
          },
          resolution: {
            p1: [4 * HOUR, 9000],
            p2: [9 * HOUR, 9000],
            p3: [27 * HOUR, 9000],
            p4: [45 * HOUR, 8500],
            p5: [90 * HOUR, 8500],
          },
        },
      },
    ],
  },
]

export const supports: readonly SampleSupport[] = [
  {
    agreement: 'Nordhafen service agreement',
    name: 'Network for Nordhafen',
    team: 'network',
    calendar: 'warehouse',
    resolution: { p1: 2 * HOUR, p2: 8 * HOUR, p3: 20 * HOUR, p4: 40 * HOUR },
  },
  {
    agreement: 'Nordhafen service agreement',
    name: 'Logistics applications for Nordhafen',
    team: 'logistics-apps',
    calendar: 'warehouse',
    resolution: { p1: 3 * HOUR, p2: 10 * HOUR, p3: 24 * HOUR },
  },
  {
    agreement: 'Nordhafen service agreement',
    name: 'Quersee, maintenance contract',
    supplier: 'Quersee Netztechnik',
    services: ['network', 'telephony', 'scanning'],
    calendar: 'hamburg-office',
    resolution: { p1: 3 * HOUR, p2: 6 * HOUR, p3: 10 * HOUR },
  },
]
