import type { CostAccount } from '../../src/core/ledger.ts'

/** What a supplier does for a customer, with the costs of `costs.ts` that are its invoices. */
export interface SampleSupplier {
  readonly name: string
  readonly tier: 'routine' | 'important' | 'critical'
  readonly contact: string
  readonly certifications: string | null
  readonly exitPlan: string | null
  readonly customer: string
  readonly number: string
  readonly title: string
  /** The name of an agreement behind ours. */
  readonly agreement: string | null
  readonly category: Extract<CostAccount, 'supplier' | 'pool'>
  readonly endsAfter: number
  readonly noticeDays: number
  readonly recoveryBp: number
  readonly watched: boolean
  readonly pool: SamplePool | null
}

interface SamplePool {
  readonly name: string
  readonly skill: string
  readonly level: string
  readonly language: string
  readonly place: string
  readonly committed: number
  readonly unitMinor: number
  readonly slots: string
  /** Called off and accepted of it, month after month, the latest last; then it begins anew. */
  readonly called: readonly (readonly [number, number])[]
}

/** All names are invented. */
export const suppliers: readonly SampleSupplier[] = [
  {
    name: 'Quersee Netztechnik',
    tier: 'critical',
    contact: 'Leitstand, leitstand@quersee.example',
    certifications: 'ISO/IEC 27001 bis 2027-03',
    exitPlan:
      'Netzpläne und Zugänge liegen bei uns; ein zweiter Anbieter hat die Strecken begangen. Übergabe in 60 Tagen.',
    customer: 'NHL',
    number: 'QN-118',
    title: 'Netz und Rechenzentrum',
    agreement: 'Quersee, maintenance contract',
    category: 'supplier',
    endsAfter: 5,
    noticeDays: 90,
    recoveryBp: 5000,
    watched: false,
    pool: null,
  },
  {
    name: 'Elbkant Service',
    tier: 'important',
    contact: 'Einsatzplanung, plan@elbkant.example',
    certifications: null,
    exitPlan: null,
    customer: 'NHL',
    number: 'EK-2024-7',
    title: 'Schichten vor Ort',
    agreement: null,
    category: 'pool',
    endsAfter: 11,
    noticeDays: 60,
    recoveryBp: 0,
    watched: true,
    pool: {
      name: 'Yard, Spät- und Nachtschicht',
      skill: 'Lagerhardware',
      level: '2',
      language: 'Deutsch',
      place: 'Hamburg Altenwerder',
      committed: 180,
      unitMinor: 33_500,
      slots: 'Mo–Sa 14–22 und 22–6 Uhr',
      called: [
        [180, 178],
        [186, 181],
        [180, 180],
        [192, 176],
        [196, 171],
      ],
    },
  },
  {
    name: 'Tamarack Networks',
    tier: 'important',
    contact: 'Service desk, desk@tamarack.example',
    certifications: 'ISO/IEC 20000-1',
    exitPlan: null,
    customer: 'BWR',
    number: 'TN/44',
    title: 'Store network',
    agreement: null,
    category: 'supplier',
    endsAfter: 3,
    noticeDays: 120,
    recoveryBp: 0,
    watched: false,
    pool: null,
  },
]
