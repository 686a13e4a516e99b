/** A line of the budget of our own headquarters: what is planned a month, and by how much of it what was spent differs. */
interface SampleBudgetLine {
  readonly fund: 'run' | 'capital' | 'appropriation'
  readonly name: string
  readonly costCentre: string
  readonly monthlyMinor: number
  /** In thousandths of the plan, month after month, from January on; then it begins anew. */
  readonly spent: readonly number[]
  /** Invoiced in another currency, at so many thousandths of the amount. */
  readonly pounds: boolean
  readonly order: { readonly number: string; readonly amountMinor: number; readonly about: string } | null
}

export const budgetCustomer = 'SHQ'

export const budgetLines: readonly SampleBudgetLine[] = [
  {
    fund: 'run',
    name: 'Netz und Standortanbindung',
    costCentre: '4711',
    monthlyMinor: 5_500_000,
    spent: [1010, 985, 1024, 998, 1060, 1075, 1080],
    pounds: false,
    order: { number: 'B-26-118', amountMinor: 2_400_000, about: 'Leitung Bremen' },
  },
  {
    fund: 'run',
    name: 'Lizenzen und Werkzeuge',
    costCentre: '4711',
    monthlyMinor: 3_150_000,
    spent: [1000, 1000, 1000, 1012],
    pounds: false,
    order: null,
  },
  {
    fund: 'run',
    name: 'Support der Kassensysteme',
    costCentre: '4730',
    monthlyMinor: 1_380_000,
    spent: [980, 1020, 995],
    pounds: true,
    order: null,
  },
  {
    fund: 'capital',
    name: 'Austausch von Endgeräten',
    costCentre: '4712',
    monthlyMinor: 2_900_000,
    spent: [0, 1400, 900, 0, 1700, 1100],
    pounds: false,
    order: { number: 'B-26-131', amountMinor: 6_600_000, about: '120 Notebooks' },
  },
]

export const sampleAppropriation = {
  title: 'Handgeräte für Lager und Yard',
  reason: 'Die Hälfte der Geräte bekommt keine Sicherheitsupdates mehr; Ausfälle halten Schichten auf.',
  amountMinor: 38_000_000,
  contingencyMinor: 2_000_000,
  businessCase: {
    benefitsMinor: [15_000_000, 15_000_000, 15_000_000, 15_000_000],
    runCostMinor: [600_000, 600_000, 600_000, 600_000],
    rateBp: 800,
    risk: 'medium' as const,
    riskNote: 'Lieferzeit bis zu zwölf Wochen',
    alternatives: 'Mieten über 48 Monate; nur die ältesten ersetzen',
  },
}

export const sampleEfficiency = [
  { name: 'Tickets am Service Desk', baseUnitMinor: 2400, volume: 48_000, actualMinor: 107_500_000, cashable: true },
  { name: 'Einsätze vor Ort', baseUnitMinor: 7800, volume: 9000, actualMinor: 65_200_000, cashable: true },
  { name: 'Servermonate', baseUnitMinor: 31_000, volume: 1200, actualMinor: 35_300_000, cashable: false },
]
