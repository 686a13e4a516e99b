import { type CreditRegime, plainLevel, plainRegime } from '../../src/core/credit-terms.ts'
import type { ChargeTerms } from '../../src/core/charge.ts'
import type { ServiceKey } from './company.ts'
import type { SampleChange } from './changes.ts'
import { iban, type SampleInvoicing, seller } from './invoicing.ts'

/** What is agreed with a customer about money, and who owes what. Dates are months and days around the sample's end. */
export interface SampleContract {
  readonly customer: string
  readonly number: string
  readonly title: string
  readonly currency: string
  /** So many months after the sample's end it ends. */
  readonly endsAfter: number
  readonly noticeDays: number
  readonly options: readonly { readonly name: string; readonly months: number; readonly noticeDays: number }[]
  readonly law: string
  /** Who invoices whom: invented, as everything here. */
  readonly invoicing: SampleInvoicing
  readonly lines: readonly SampleLine[]
  readonly obligations: readonly SampleObligation[]
  readonly regime: CreditRegime
  /** By level: priority of a resolution, or a service. */
  readonly sources: Readonly<Record<string, { readonly priority: 'p1' | 'p2' } | { readonly service: ServiceKey }>>
  /** What made several levels miss in the month of a story. */
  readonly oneCause: { readonly cause: string; readonly levels: readonly string[] } | null
  /** What the customer said against the latest credit; null: nothing yet. */
  readonly dispute: { readonly position: string; readonly clause: string; readonly evidence: string } | null
  /** Committed margin, in basis points, and the value over all months. */
  readonly marginBp: number
  readonly valueMinor: number
  /** A change that was offered. */
  readonly change: SampleChange | null
}

export interface SampleLine {
  readonly name: string
  readonly unit: string | null
  readonly service: ServiceKey | null
  readonly terms: ChargeTerms
  /** Around which quantity readings lie, and how far; null: nothing is counted. */
  readonly around: readonly [number, number] | null
}

export interface SampleObligation {
  readonly text: string
  readonly clause: string
  readonly party: 'provider' | 'customer'
  readonly rule: string
  readonly day: number
  readonly consequence: string | null
  /** By what it is proven that ours was done. */
  readonly evidence?: string
  /** What the customer was told of theirs that is missing. */
  readonly notice?: string
}

const missed = (weight: number, targetPpm: number) => [{ fromPpm: 0, belowPpm: targetPpm, severity: 'missed', weight }]

export const contracts: readonly SampleContract[] = [
  {
    customer: 'NHL',
    number: 'NHL-2024-017',
    title: 'Arbeitsplatz und Lagersysteme',
    currency: 'EUR',
    endsAfter: 9,
    noticeDays: 180,
    options: [
      { name: 'Verlängerung um ein Jahr', months: 12, noticeDays: 210 },
      { name: 'Zweite Verlängerung', months: 12, noticeDays: 210 },
    ],
    invoicing: {
      seller,
      buyer: {
        name: 'Nordhafen Logistics',
        street: 'Speicherkai 4',
        postCode: '20457',
        city: 'Hamburg',
        country: 'DE',
        vatId: 'DE987654321',
        email: null,
      },
      taxCategory: 'S',
      taxBp: 1900,
      exemption: null,
      paymentDays: 30,
      iban,
      buyerReference: '4500017',
      orderReference: null,
    },
    law: 'Deutsches Recht, Hamburg',
    lines: [
      {
        name: 'Betrieb und Service Desk',
        unit: null,
        service: null,
        terms: { kind: 'fixed', amountMinor: 21_400_000 },
        around: null,
      },
      {
        name: 'Betrieb Lagersysteme',
        unit: null,
        service: 'warehouse',
        terms: { kind: 'fixed', amountMinor: 9_600_000 },
        around: null,
      },
      {
        name: 'Endgeräte gegen Grundmenge',
        unit: 'Geräte',
        service: null,
        terms: {
          kind: 'baseline',
          baseline: 2400,
          deadBandBp: 500,
          additionalMinor: 1850,
          reducedMinor: 1400,
          method: 'outside-band',
          renegotiateBp: 2000,
        },
        around: [2560, 70],
      },
      {
        name: 'Fahrten und Auslagen',
        unit: null,
        service: null,
        terms: { kind: 'pass-through', markUpBp: 0 },
        around: [612_000, 140_000],
      },
    ],
    obligations: [
      {
        text: 'Servicebericht des Vormonats liefern',
        clause: '7.2',
        party: 'provider',
        rule: 'FREQ=MONTHLY;BYMONTHDAY=10',
        day: 10,
        consequence: null,
        evidence: 'Bericht verschickt',
      },
      {
        text: 'Notfallplan üben und Bericht vorlegen',
        clause: '11.4',
        party: 'provider',
        rule: 'FREQ=YEARLY',
        day: 15,
        consequence: 'Sonderprüfung auf unsere Kosten',
        evidence: 'Protokoll der Übung',
      },
      {
        text: 'Liste der Geräte und Standorte bestätigen',
        clause: '5.1',
        party: 'customer',
        rule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1',
        day: 28,
        consequence: 'Unsere Zählung gilt',
        notice: 'Per Mail an die Vertragsseite: Die Liste fehlt; bis sie da ist, gilt unsere Zählung vom Monatsende.',
      },
    ],
    regime: {
      ...plainRegime('at-risk', [
        {
          ...plainLevel('p1-resolution', 950_000),
          name: 'Lösung P1',
          allocationBp: 4000,
          minimumPpm: 850_000,
          defaultAfter: 1,
          smallSample: 'allowance',
          floorPpm: 600_000,
        },
        { ...plainLevel('p2-resolution', 950_000), name: 'Lösung P2', allocationBp: 6000, smallSample: 'allowance' },
        { ...plainLevel('warehouse', 999_000), name: 'Verfügbarkeit Lagerverwaltung', allocationBp: 7000 },
      ]),
      atRiskBp: 1200,
      repeat: [100, 150, 200],
      singleEvent: true,
      yearCap: { capBp: 800, window: 'rolling-12' },
      earnBack: { kind: 'average', average: 'mean' },
      triggers: [
        { kind: 'consecutive', count: 4 },
        { kind: 'within', count: 6, months: 12 },
        { kind: 'cap-share', shareBp: 10_000 },
        { kind: 'floor' },
      ],
    },
    sources: {
      'p1-resolution': { priority: 'p1' },
      'p2-resolution': { priority: 'p2' },
      warehouse: { service: 'warehouse' },
    },
    oneCause: { cause: 'Firmware der Access Points', levels: ['p2-resolution', 'warehouse'] },
    dispute: null,
    marginBp: 1800,
    valueMinor: 658_000_000,
    change: {
      title: 'Nachtschicht am Hafen',
      description: 'Von 22 bis 6 Uhr soll jemand vor Ort sein, solange Schiffe gelöscht werden.',
      scopeImpact: 'Eine Schicht mehr an sieben Tagen; die Servicezeit der Lagersysteme bleibt.',
      revenueMinor: 18_400_000,
      costMinor: 14_900_000,
      newLine: { name: 'Nachtschicht', amountMinor: 1_960_000 },
      minutes: 1_260,
      note: 'Schichtplan und Zugänge vorbereitet',
    },
  },
  {
    customer: 'BWR',
    number: 'BR/22/IT-04',
    title: 'Store systems and tills',
    currency: 'GBP',
    endsAfter: 4,
    noticeDays: 90,
    options: [{ name: 'One year more', months: 12, noticeDays: 100 }],
    invoicing: {
      seller,
      buyer: {
        name: 'Brackwater Retail',
        street: 'High Street 8',
        postCode: 'SW1A 1AA',
        city: 'London',
        country: 'GB',
        vatId: 'GB123456789',
        email: null,
      },
      taxCategory: 'AE',
      taxBp: 0,
      exemption: 'Reverse charge',
      paymentDays: 45,
      iban,
      buyerReference: null,
      orderReference: null,
    },
    law: 'England and Wales',
    lines: [
      {
        name: 'Run and support',
        unit: null,
        service: null,
        terms: { kind: 'fixed', amountMinor: 12_250_000 },
        around: null,
      },
      {
        name: 'Tills',
        unit: 'till',
        service: 'tills',
        terms: {
          kind: 'tiered',
          mode: 'graduated',
          tiers: [
            { upTo: 500, unitMinor: 2000 },
            { upTo: 1500, unitMinor: 1800 },
            { upTo: null, unitMinor: 1600 },
          ],
        },
        around: [1640, 30],
      },
      {
        name: 'Work on request',
        unit: null,
        service: null,
        terms: { kind: 'time', hourMinor: 9500 },
        around: [3900, 900],
      },
    ],
    obligations: [
      {
        text: 'Send the service report of the month before',
        clause: '14.1',
        party: 'provider',
        rule: 'FREQ=MONTHLY;BYMONTHDAY=8',
        day: 8,
        consequence: null,
        evidence: 'Report sent',
      },
      {
        text: 'Name who decides about trading-hours changes',
        clause: '9.3',
        party: 'customer',
        rule: 'FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1',
        day: 1,
        consequence: 'Our last list holds',
        notice: 'By mail to store operations: the names are missing, and we go by the last list.',
      },
    ],
    regime: {
      ...plainRegime('points', [
        {
          ...plainLevel('p1-resolution', 950_000),
          name: 'Resolution P1',
          bands: missed(3, 950_000),
          smallSample: 'allowance',
        },
        {
          ...plainLevel('tills', 998_000),
          name: 'Tills available',
          bands: [
            { fromPpm: 995_000, belowPpm: 998_000, severity: 'minor', weight: 1 },
            { fromPpm: 990_000, belowPpm: 995_000, severity: 'serious', weight: 2 },
            { fromPpm: 0, belowPpm: 990_000, severity: 'severe', weight: 4 },
          ],
        },
      ]),
      perPointBp: 50,
      repeat: [100, 200],
      periodCapBp: 500,
      triggers: [{ kind: 'points', points: 30, months: 3 }],
    },
    sources: { 'p1-resolution': { priority: 'p1' }, tills: { service: 'tills' } },
    oneCause: null,
    dispute: {
      position: 'The tills of Harbour Street stood still for 40 minutes more; the month’s figure leaves them out.',
      clause: '12.4',
      evidence: 'Till journal of 14 August, 09:10 to 09:50',
    },
    marginBp: 1500,
    valueMinor: 410_000_000,
    change: null,
  },
]
