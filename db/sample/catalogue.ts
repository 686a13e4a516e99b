import type { ServiceKey, TeamKey } from './company.ts'

interface Words {
  readonly de: string
  readonly en: string
}

interface SampleItem {
  readonly customer: string
  readonly service: ServiceKey
  readonly name: Words
  readonly description: Words
  readonly synonyms: { readonly de: readonly string[]; readonly en: readonly string[] }
  /** In cents. */
  readonly price: number | null
  readonly approved: 'never' | 'by-customer' | 'by-both'
  readonly fields: readonly SampleField[]
  readonly plan: readonly {
    readonly title: Words
    /** Null: another program does it. */
    readonly team: TeamKey | null
    readonly stage: number
    readonly hours: number
    readonly uses: readonly string[]
  }[]
}

interface SampleField {
  readonly key: string
  readonly kind: 'text' | 'choice' | 'date' | 'number' | 'yes-no'
  readonly label: Words
  readonly purpose: Words
  readonly required: boolean
  readonly options: readonly (Words & { readonly value: string })[]
  readonly when: { readonly field: string; readonly is: readonly string[] } | null
}

const plain = { required: false, options: [], when: null } as const

/** What can be ordered in the sample company. */
export const items: readonly SampleItem[] = [
  {
    customer: 'NHL',
    service: 'workplace',
    name: { de: 'Notebook', en: 'Notebook' },
    description: {
      de: 'Ein Rechner zum Mitnehmen, fertig eingerichtet.',
      en: 'A computer to carry around, ready to use.',
    },
    synonyms: { de: ['Laptop', 'Klapprechner', 'Rechner'], en: ['laptop', 'computer'] },
    price: 124_000,
    approved: 'by-both',
    fields: [
      {
        ...plain,
        key: 'model',
        kind: 'choice',
        label: { de: 'Modell', en: 'Model' },
        purpose: { de: 'Was wir einrichten', en: 'What we set up' },
        required: true,
        options: [
          { value: 'light', de: 'Leicht', en: 'Light' },
          { value: 'strong', de: 'Stark', en: 'Strong' },
        ],
      },
      {
        ...plain,
        key: 'docking',
        kind: 'yes-no',
        label: { de: 'Mit Dockingstation?', en: 'With a docking station?' },
        purpose: { de: 'Damit sie am Platz steht', en: 'So that it stands at the desk' },
        when: { field: 'model', is: ['strong'] },
      },
      {
        ...plain,
        key: 'cost-centre',
        kind: 'text',
        label: { de: 'Kostenstelle', en: 'Cost centre' },
        purpose: { de: 'Für die frühere Verrechnung', en: 'For how it used to be charged' },
        required: true,
      },
    ],
    plan: [
      {
        title: { de: 'Gerät einrichten', en: 'Set up the computer' },
        team: 'workplace',
        stage: 1,
        hours: 8,
        uses: ['model'],
      },
      { title: { de: 'Konto vorbereiten', en: 'Prepare the account' }, team: 'access', stage: 1, hours: 2, uses: [] },
      { title: { de: 'Eingang verbuchen', en: 'Book it in' }, team: 'desk-poznan', stage: 2, hours: 1, uses: [] },
      { title: { de: 'Übergeben', en: 'Hand it over' }, team: 'site-north', stage: 3, hours: 8, uses: ['docking'] },
    ],
  },
  {
    customer: 'NHL',
    service: 'email',
    name: { de: 'Gemeinsames Postfach', en: 'Shared mailbox' },
    description: { de: 'Ein Postfach, das mehrere lesen.', en: 'A mailbox that several people read.' },
    synonyms: { de: ['Mailbox', 'Gruppenpostfach'], en: ['group mailbox', 'team mailbox'] },
    price: null,
    approved: 'never',
    fields: [
      {
        ...plain,
        key: 'address',
        kind: 'text',
        label: { de: 'Adresse', en: 'Address' },
        purpose: { de: 'So heißt das Postfach', en: 'What the mailbox is called' },
        required: true,
      },
    ],
    plan: [{ title: { de: 'Anlegen', en: 'Make it' }, team: null, stage: 1, hours: 1, uses: ['address'] }],
  },
  {
    customer: 'NHL',
    service: 'access',
    name: { de: 'Zugang zum Lagersystem', en: 'Access to the warehouse system' },
    description: { de: 'Für alle, die im Lager buchen.', en: 'For everybody who books in the warehouse.' },
    synonyms: { de: ['Berechtigung', 'Rechte', 'Benutzer'], en: ['permission', 'account', 'login'] },
    price: null,
    approved: 'by-customer',
    fields: [
      {
        ...plain,
        key: 'from',
        kind: 'date',
        label: { de: 'Ab wann?', en: 'From when?' },
        purpose: { de: 'Vorher gilt der Zugang nicht', en: 'It does not hold before' },
        required: true,
      },
    ],
    plan: [{ title: { de: 'Freischalten', en: 'Grant it' }, team: 'access', stage: 1, hours: 4, uses: ['from'] }],
  },
]

/** What becomes of the requests, in this order again and again: everything that can be of one. */
export const fates = [
  'waiting',
  'under-way',
  'delivered',
  'confirmed',
  'closed',
  'rejected',
  'cancelled',
  'draft',
  'failed',
  'closed',
  'closed',
  'under-way',
  'closed',
] as const
export type Fate = (typeof fates)[number]

/** What people of the sample company look for in the portal and do not find, and how often. */
export const vainSearches: readonly (readonly [string, number])[] = [
  ['dienstfahrrad', 9],
  ['monitor', 6],
  ['homeoffice', 4],
  ['schlüsselkarte', 2],
]
