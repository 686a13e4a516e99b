import type { TeamKey } from './company.ts'

/** A forum as a service manager sets it up, since ten weeks. */
export interface SampleForum {
  readonly customer: string
  /** The name of the supplier that it governs. */
  readonly supplier?: string
  readonly name: string
  readonly purpose: string
  readonly tier: 1 | 2 | 3
  readonly weekdays: readonly number[]
  readonly weeks?: number
  readonly nth?: 1 | 2
  readonly atMinute: number
  readonly minutes: number
  readonly agenda: readonly string[]
  readonly inputs: readonly string[]
  readonly kpis: readonly string[]
  /** The first leads it; so many of each team come. */
  readonly team: TeamKey
  readonly people: number
  readonly quorum: number
  /** What stands in the minutes, one after the other. */
  readonly minutesOf: readonly string[]
  readonly notHeld: string
}

export const sampleForums: readonly SampleForum[] = [
  {
    customer: 'NHL',
    name: 'Morgenrunde Nord',
    purpose: 'Was seit gestern war, was heute ansteht, wer Hilfe braucht.',
    tier: 1,
    weekdays: [1, 2, 3, 4, 5],
    atMinute: 495,
    minutes: 15,
    agenda: ['Sicherheit', 'Offene Störungen der Nacht', 'Wer ist wo', 'Was kommt nicht weiter'],
    inputs: ['Liste der offenen Störungen', 'Einsatzplan des Tages'],
    kpis: ['K05', 'K09'],
    team: 'site-north',
    people: 5,
    quorum: 3,
    minutesOf: [
      'Zwei Scanner in Halle 1, Ersatz ist da.',
      'Keine offenen Punkte aus der Nacht.',
      'Drucker in Halle 2 erneut gestört.',
    ],
    notHeld: 'Alle beim Ausfall in Halle 3',
  },
  {
    customer: 'NHL',
    name: 'Serviceteam Nordhafen',
    purpose: 'Was die Morgenrunden nicht klären konnten, und was die Zahlen der Woche sagen.',
    tier: 2,
    weekdays: [2],
    atMinute: 600,
    minutes: 45,
    agenda: [
      'Was sich an den Kennzahlen geändert hat',
      'Weitergereichte Maßnahmen',
      'Stimmen der Kunden',
      'Nächste Woche',
    ],
    inputs: ['Kennzahlen der Woche', 'Beschwerden und Lob'],
    kpis: ['K01', 'K05', 'K22'],
    team: 'workplace',
    people: 5,
    quorum: 3,
    minutesOf: ['Lösungszeit im Rahmen, keine Änderung.', 'Nachtbereitschaft geht an die Leitung.'],
    notHeld: 'Feiertag im Team',
  },
  {
    customer: 'NHL',
    name: 'Lenkungskreis Nordhafen',
    purpose: 'Wofür wir einstehen: was zugesagt ist, was es kostet und was zu entscheiden ist.',
    tier: 3,
    weekdays: [3],
    nth: 2,
    atMinute: 840,
    minutes: 60,
    agenda: ['Servicebericht des Monats', 'Weitergereichte Maßnahmen', 'Anstehende Entscheidungen'],
    inputs: ['Servicebericht', 'Entscheidungsvorlagen'],
    kpis: ['K01', 'K22', 'K75'],
    team: 'network',
    people: 4,
    quorum: 2,
    minutesOf: ['Servicebericht besprochen, keine Einwände.', 'Ersatz der alten Scanner wird angeboten.'],
    notHeld: 'Verschoben auf die nächste Besprechung mit dem Kunden',
  },
  {
    customer: 'NHL',
    supplier: 'Quersee Netztechnik',
    name: 'Lieferantenrunde Quersee',
    purpose: 'Was zugesagt war und was kam, was uns gemeinsam Ziele gekostet hat, was als Nächstes zu tun ist.',
    tier: 3,
    weekdays: [4],
    nth: 1,
    atMinute: 600,
    minutes: 60,
    agenda: [
      'Eingehaltene und verfehlte Zusagen',
      'Anteil an unseren Verfehlungen',
      'Geplante Wartungen',
      'Erprobung des Ausstiegsplans',
    ],
    inputs: ['Uhren des Wartungsvertrags', 'Rückforderungen', 'Wartungskalender'],
    kpis: [],
    team: 'network',
    people: 3,
    quorum: 2,
    minutesOf: [
      'Zwei Zusagen verfehlt, beide auf der Strecke Altenwerder; Ersatzweg wird gebaut.',
      'Wartungsfenster für Dezember vereinbart.',
    ],
    notHeld: 'Quersee hatte niemanden frei',
  },
  {
    customer: 'NHL',
    supplier: 'Elbkant Service',
    name: 'Abnahmerunde Elbkant',
    purpose: 'Was abgerufen, geleistet und abgenommen ist, und warum Schichten fehlen.',
    tier: 2,
    weekdays: [1],
    weeks: 2,
    atMinute: 780,
    minutes: 30,
    agenda: ['Fehlende Schichten', 'Abruf des nächsten Monats', 'Beschwerden mit Ticketnummer'],
    inputs: ['Abrufe und Abnahmen', 'Liste der Beschwerden'],
    kpis: [],
    team: 'site-north',
    people: 3,
    quorum: 2,
    minutesOf: ['Neun Schichten fehlen, Nachbesetzung bis Monatsende zugesagt.', 'Abnahme ohne Einwände.'],
    notHeld: 'Auf die nächste Runde verschoben',
  },
  {
    customer: 'BWR',
    name: 'Store operations review',
    purpose: 'What stops stores from selling, and what we do about it.',
    tier: 2,
    weekdays: [4],
    weeks: 2,
    atMinute: 660,
    minutes: 60,
    agenda: ['Signals of the figures', 'Late openings', 'Actions', 'Decisions wanted'],
    inputs: ['Figures of the month', 'List of late openings'],
    kpis: ['K05'],
    team: 'workplace',
    people: 4,
    quorum: 3,
    minutesOf: ['No store opened late.', 'Sunday access is with store operations.'],
    notHeld: 'The stores counted their stock',
  },
]
