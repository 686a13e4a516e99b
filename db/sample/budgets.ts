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

/** Up to how much the sample's own people approve. */
export const approvalLimitMinor = 25_000_000

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

/** What was approved, with what was spent of it, month after month from January on, in thousandths of the whole. */
export const approvedAppropriations = [
  {
    title: 'Funknetz in Halle 3',
    reason: 'Seit dem Umbau bricht die Verbindung der Handgeräte zwischen den Regalen ab.',
    amountMinor: 11_500_000,
    contingencyMinor: 500_000,
    businessCase: {
      benefitsMinor: [4_200_000, 4_200_000, 4_200_000, 4_200_000, 4_200_000],
      runCostMinor: [300_000, 300_000, 300_000, 300_000, 300_000],
      rateBp: 800,
      risk: 'low' as const,
      riskNote: 'Montage nur nachts',
      alternatives: 'Zusätzliche Zugangspunkte ohne neue Verkabelung',
    },
    costCentre: '4713',
    spent: [0, 250, 500, 230],
    inService: { month: 4, lifeMonths: 60 },
  },
  {
    title: 'Bildschirme für die Leitstellen',
    reason: 'Die alten zeigen die neue Übersicht nicht lesbar.',
    amountMinor: 5_600_000,
    contingencyMinor: 400_000,
    businessCase: {
      benefitsMinor: [2_000_000, 2_000_000, 2_000_000, 2_000_000],
      runCostMinor: [100_000, 100_000, 100_000, 100_000],
      rateBp: 800,
      risk: 'high' as const,
      riskNote: 'Der Preis der Wandhalterungen war nur geschätzt',
      alternatives: 'Nur die Leitstelle in Hamburg',
    },
    costCentre: '4714',
    spent: [0, 0, 0, 0, 400, 500, 280],
    inService: null,
  },
]

export const sampleEfficiency = [
  { name: 'Tickets am Service Desk', baseUnitMinor: 2400, volume: 48_000, actualMinor: 107_500_000, cashable: true },
  { name: 'Einsätze vor Ort', baseUnitMinor: 7800, volume: 9000, actualMinor: 65_200_000, cashable: true },
  { name: 'Servermonate', baseUnitMinor: 31_000, volume: 1200, actualMinor: 35_300_000, cashable: false },
]
