interface SampleFriction {
  readonly title: string
  readonly place: string
  readonly who: string
  readonly people: number
  readonly perWeek: number
  readonly minutes: number
  readonly workaround: string
  readonly state: 'observed' | 'owned' | 'fixing' | 'verified'
  readonly foundBy: 'visit' | 'survey' | 'tickets' | 'interview'
  readonly daysAgo: number
  /** What was done, where it is gone. */
  readonly did: string | null
}

const german: readonly SampleFriction[] = [
  {
    title: 'Der Ausweisdrucker klemmt bei Schichtbeginn',
    place: 'Tor 3',
    who: 'Schichtleitung',
    people: 12,
    perWeek: 6,
    minutes: 14,
    workaround: 'Besucher bekommen einen handgeschriebenen Ausweis.',
    state: 'verified',
    foundBy: 'visit',
    daysAgo: 75,
    did: 'Neue Walze und ein zweiter Drucker am Tor; seit vier Wochen kein Stau mehr.',
  },
  {
    title: 'Zwei Anmeldungen für denselben Auftrag',
    place: 'Wareneingang',
    who: 'Lageristen',
    people: 40,
    perWeek: 10,
    minutes: 3,
    workaround: '',
    state: 'fixing',
    foundBy: 'tickets',
    daysAgo: 40,
    did: null,
  },
  {
    title: 'Das Funknetz bricht hinter dem Hochregal ab',
    place: 'Halle 2',
    who: 'Staplerfahrer',
    people: 18,
    perWeek: 15,
    minutes: 4,
    workaround: 'Man fährt zum Scannen zurück in den Gang.',
    state: 'observed',
    foundBy: 'survey',
    daysAgo: 9,
    did: null,
  },
]

const english: readonly SampleFriction[] = [
  {
    title: 'The label printer has to be restarted each morning',
    place: 'Packing line 1',
    who: 'packers',
    people: 9,
    perWeek: 5,
    minutes: 12,
    workaround: 'Labels are written by hand until it is up.',
    state: 'verified',
    foundBy: 'visit',
    daysAgo: 70,
    did: 'It starts by itself at five; nobody has waited since.',
  },
  {
    title: 'Log-in takes three minutes after each shift change',
    place: 'Terminals',
    who: 'shift leads',
    people: 25,
    perWeek: 7,
    minutes: 3,
    workaround: '',
    state: 'owned',
    foundBy: 'interview',
    daysAgo: 25,
    did: null,
  },
]

/** What keeps people at a customer from their work; more at the first ones, nothing at some. */
export function frictionPointsOf(customerKey: string, language: 'en' | 'de'): readonly SampleFriction[] {
  const known = language === 'de' ? german : english
  return known.slice(0, 1 + ((customerKey.length + customerKey.charCodeAt(0)) % known.length))
}
