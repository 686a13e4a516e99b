import type { TeamKey } from './company.ts'

/** Something to be done, as a service manager writes it down. Days count from the day on which the sample is written. */
export interface SampleAction {
  readonly customer: string
  readonly text: string
  /** Of the provider's people: somebody of that team. Else somebody outside, by name. */
  readonly owner: { readonly team: TeamKey } | { readonly name: string }
  readonly made: number
  readonly due: number
  /** Put off to that day, and why. */
  readonly putOff?: { readonly to: number; readonly why: string }
  readonly priority: 'high' | 'medium' | 'low'
  readonly shared?: boolean
  /** How far it has got, and by what it is seen. */
  readonly state: 'open' | 'in-progress' | 'done-claimed' | 'verified'
  readonly evidence?: string
  /** What it was made from: the customer's latest complaint, or a figure. */
  readonly from?: 'complaint' | { readonly kpi: string }
}

export const sampleActions: readonly SampleAction[] = [
  {
    customer: 'NHL',
    text: 'Nachtbereitschaft für die Scanner in Hamburg einrichten und im Aushang bekannt geben',
    owner: { team: 'site-north' },
    made: -3,
    due: 9,
    priority: 'high',
    shared: true,
    state: 'in-progress',
    from: 'complaint',
  },
  {
    customer: 'NHL',
    text: 'Drei Ersatzscanner je Halle beschaffen und mit dem Schichtleiter einlagern',
    owner: { name: 'Petra Olsen, Scanlager Nord' },
    made: -40,
    due: -12,
    putOff: { to: -2, why: 'Liefertermin des Herstellers' },
    priority: 'high',
    shared: true,
    state: 'open',
  },
  {
    customer: 'NHL',
    text: 'Klären, warum die Lösungszeit an den Scannern seit dem Sommer steigt',
    owner: { team: 'workplace' },
    made: -8,
    due: 4,
    priority: 'medium',
    state: 'open',
    from: { kpi: 'K05' },
  },
  {
    customer: 'NHL',
    text: 'Drucker in Halle 2 gegen ein Gerät mit Wechselrolle tauschen',
    owner: { team: 'site-north' },
    made: -30,
    due: -6,
    priority: 'medium',
    shared: true,
    state: 'done-claimed',
    evidence: 'Foto der Halle und zwei Wochen ohne Störung am neuen Drucker',
  },
  {
    customer: 'NHL',
    text: 'Rufnummer der Hotline auf allen Scannern anbringen',
    owner: { team: 'site-north' },
    made: -60,
    due: -35,
    priority: 'low',
    shared: true,
    state: 'verified',
    evidence: 'Stichprobe von zwanzig Geräten in drei Hallen',
  },
  {
    customer: 'BWR',
    text: 'Move updates of tills to Tuesdays and tell each store a week before',
    owner: { team: 'workplace' },
    made: -24,
    due: -10,
    priority: 'high',
    shared: true,
    state: 'verified',
    evidence: 'The calendar of changes, and the letter to the stores of last week',
    from: 'complaint',
  },
  {
    customer: 'BWR',
    text: 'Agree with the store managers who opens the back office on Sundays',
    owner: { name: 'Store operations, Brackwater' },
    made: -20,
    due: -3,
    priority: 'medium',
    shared: true,
    state: 'open',
  },
  {
    customer: 'ALF',
    text: 'Walk the chilled line with the night shift and write down where people wait for IT',
    owner: { team: 'workplace' },
    made: -5,
    due: 12,
    priority: 'medium',
    state: 'open',
  },
]

export interface SampleDecision {
  readonly customer: string
  readonly question: string
  readonly options: readonly string[]
  readonly criteria?: string
  readonly made: number
  readonly neededBy?: number
  readonly shared?: boolean
  readonly decided?: {
    readonly chosen: string
    readonly reason: string
    readonly decidedBy: string
    readonly on: number
    readonly dissent?: string
    readonly reviewOn?: number
  }
}

export const sampleDecisions: readonly SampleDecision[] = [
  {
    customer: 'NHL',
    question: 'Werden die alten Scanner vor dem Weihnachtsgeschäft getauscht?',
    options: ['Alle vor Dezember', 'Halle 1 jetzt, der Rest im Februar', 'Erst im Februar'],
    criteria: 'Ausfälle je Schicht, Kosten je Gerät, Ruhe im Betrieb im Dezember',
    made: -6,
    neededBy: 3,
    shared: true,
  },
  {
    customer: 'NHL',
    question: 'Wer wird nachts angerufen, wenn in Bremen das Lager steht?',
    options: ['Der Bereitschaftsdienst Nord', 'Der Schichtleiter entscheidet'],
    made: -45,
    shared: true,
    decided: {
      chosen: 'Der Bereitschaftsdienst Nord',
      reason: 'Einmal anrufen genügt, und der Weg ist an allen Standorten derselbe.',
      decidedBy: 'Leitung Logistik IT und Serviceleitung',
      on: -40,
      dissent: 'Der Schichtleiter in Bremen: Er möchte selbst entscheiden, wen er weckt.',
      reviewOn: 50,
    },
  },
  {
    customer: 'BWR',
    question: 'Do tills get their updates while stores are open?',
    options: ['Never', 'Only outside of opening hours', 'Store by store, after a word with its manager'],
    criteria: 'Minutes that a store opens late; work at night',
    made: -24,
    shared: true,
    decided: {
      chosen: 'Only outside of opening hours',
      reason: 'Two stores opened late, and the stores would rather wait a day for an update.',
      decidedBy: 'Head of store operations',
      on: -22,
      reviewOn: 60,
    },
  },
]

/** Something that is made better. */
export interface SampleImprovement {
  readonly customer: string
  readonly problem: string
  readonly hypothesis?: string
  readonly theme: 'quality' | 'zero-distance' | 'bureaucracy' | 'experience'
  readonly benefitType: 'cashable' | 'time' | 'risk' | 'experience'
  readonly owner: TeamKey
  readonly made: number
  /** The figure with its aim, or what was agreed to count. */
  readonly measuredBy?: { readonly kpi: string; readonly aim: number } | { readonly evidence: string }
  readonly costMinor?: number
  /** The steps that it has taken, with the day and what was said. */
  readonly steps: readonly (readonly [
    to: 'assessed' | 'approved' | 'plan' | 'do' | 'check' | 'standardised' | 'benefit-verified',
    day: number,
    note?: string,
  ])[]
  readonly shared?: boolean
}

const HOUR_MS = 3_600_000

export const sampleImprovements: readonly SampleImprovement[] = [
  {
    customer: 'NHL',
    problem: 'Wenn nachts ein Scanner ausfällt, steht die Linie, bis am Morgen jemand kommt',
    hypothesis:
      'Mit drei Ersatzgeräten je Halle tauscht der Schichtleiter selbst, weil er nicht mehr auf uns warten muss.',
    theme: 'experience',
    benefitType: 'time',
    owner: 'site-north',
    made: -130,
    measuredBy: { kpi: 'K05', aim: 6 * HOUR_MS },
    costMinor: 1_860_000,
    steps: [
      ['assessed', -126],
      ['approved', -120],
      ['plan', -118],
      ['do', -110],
    ],
    shared: true,
  },
  {
    customer: 'NHL',
    problem: 'Neue Kolleginnen und Kollegen wissen nicht, wo man sich bei IT-Fragen meldet',
    hypothesis: 'Ein Aushang mit QR-Code an jedem Eingang genügt, weil alle ein Telefon dabeihaben.',
    theme: 'zero-distance',
    benefitType: 'experience',
    owner: 'workplace',
    made: -95,
    measuredBy: { evidence: 'Neun von zehn neuen Leuten nennen den Weg, ohne nachzusehen' },
    costMinor: 24_000,
    steps: [
      ['assessed', -94],
      ['approved', -90],
      ['plan', -88],
      ['do', -80],
      ['check', -40, 'Der Aushang hängt an fünf von sechs Eingängen, am Tor 4 fehlt er noch.'],
      ['standardised', -30],
      ['benefit-verified', -12, 'Zehn von zehn in der Einführung vom letzten Monat'],
    ],
    shared: true,
  },
  {
    customer: 'BWR',
    problem: 'A new till waits for three signatures before anybody orders it',
    theme: 'bureaucracy',
    benefitType: 'time',
    owner: 'workplace',
    made: -9,
    steps: [],
  },
]

/** Somebody who matters at a customer, and what was said with them. Names are invented. */
export interface SampleStakeholder {
  readonly customer: string
  readonly name: string
  readonly role: string
  readonly level: 'c-level' | 'general-manager' | 'cfo' | 'head' | 'it-director' | 'users'
  readonly audience: 'operations' | 'finance' | 'it' | 'users'
  readonly influence: number
  readonly support: number
  readonly interests: string
  readonly cadenceDays: number
  readonly language: 'de' | 'en'
  readonly met: readonly (readonly [kind: 'meeting' | 'visit' | 'call', day: number, notes: string])[]
  readonly pulse?: readonly [score: number, sentence: string]
  readonly agenda: readonly (readonly [kind: 'theme' | 'ask' | 'decision', text: string])[]
}

export const sampleStakeholders: readonly SampleStakeholder[] = [
  {
    customer: 'NHL',
    name: 'Henrike Taaken',
    role: 'Leiterin Logistik',
    level: 'general-manager',
    audience: 'operations',
    influence: 5,
    support: -1,
    interests: 'Die Linie steht nicht. Nachts soll dasselbe gelten wie am Tag.',
    cadenceDays: 30,
    language: 'de',
    met: [
      ['visit', -48, 'Mit durch die Nachtschicht gegangen. Sie zählt Minuten, nicht Prozente.'],
      ['call', -20, 'Fragt nach der Nachtbereitschaft.'],
    ],
    pulse: [5, 'Wartet auf die Nachtbereitschaft'],
    agenda: [
      ['ask', 'Nachtbereitschaft vor dem Weihnachtsgeschäft'],
      ['decision', 'Tausch der alten Scanner'],
    ],
  },
  {
    customer: 'NHL',
    name: 'Jonas Wiebe',
    role: 'Kaufmännischer Leiter',
    level: 'cfo',
    audience: 'finance',
    influence: 4,
    support: 1,
    interests: 'Eine Rechnung, die man ohne Rückfrage versteht.',
    cadenceDays: 90,
    language: 'de',
    met: [['meeting', -60, 'Mit der Darstellung der Gutschriften zufrieden.']],
    pulse: [8, 'Verlässlich, keine Überraschungen'],
    agenda: [['theme', 'Kosten je Arbeitsplatz im nächsten Jahr']],
  },
  {
    customer: 'BWR',
    name: 'Philippa Hartnell',
    role: 'Head of store operations',
    level: 'head',
    audience: 'operations',
    influence: 4,
    support: 0,
    interests: 'Stores open on time. Nobody learns of a change from a till that does not start.',
    cadenceDays: 30,
    language: 'en',
    met: [['call', -45, 'Wants a word before each update.']],
    agenda: [['theme', 'Calendar of updates until the summer']],
  },
]
