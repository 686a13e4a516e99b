/** What we want of a customer when the contract ends, and what they need besides. All of it is invented. */
export interface SampleGrowth {
  readonly customer: string
  readonly renewal: {
    readonly course: 'extend' | 'renegotiate'
    readonly probabilityBp: number
    /** So many days before the last day for a notice. */
    readonly decideBefore: number
    readonly priceStrategy: string
    readonly winThemes: string
    readonly blockers: string
    readonly scenarios: readonly {
      readonly name: string
      readonly months: number
      readonly priceBp: number
      readonly costBp: number
      /** By the key of a level: what would be promised. */
      readonly targets: Readonly<Record<string, number>>
    }[]
  } | null
  readonly opportunities: readonly SampleOpportunity[]
}

interface SampleOpportunity {
  readonly title: string
  readonly description: string
  readonly valueMinor: number
  readonly probabilityBp: number
  readonly steps: readonly ('qualified' | 'shaped' | 'proposed')[]
  readonly lost: { readonly reason: 'price' | 'insourcing'; readonly note: string } | null
}

export const growth: readonly SampleGrowth[] = [
  {
    customer: 'NHL',
    renewal: {
      course: 'renegotiate',
      probabilityBp: 7000,
      decideBefore: 45,
      priceStrategy: 'Festpreis halten, Endgeräte je Stück, Nachtschicht als eigene Position.',
      winThemes: 'Die Nachtschicht im Yard steht; das Netz am Speicherkai ist erneuert und hat seither gehalten.',
      blockers: 'Die Gutschriften aus dem Winter; der Einkauf will die Obergrenze anheben.',
      scenarios: [
        { name: 'Preis hält, Ziele wie heute', months: 36, priceBp: 0, costBp: 200, targets: {} },
        {
          name: '4 % Nachlass, P2 zu 85 %',
          months: 36,
          priceBp: -400,
          costBp: -150,
          targets: { 'p2-resolution': 850_000 },
        },
      ],
    },
    opportunities: [
      {
        title: 'Nachtschicht im Yard',
        description:
          'Die Meldungen zwischen 22 und 6 Uhr warten bis zum Morgen. Der Standortleiter hat nach einer festen Besetzung gefragt.',
        valueMinor: 14_400_000,
        probabilityBp: 6000,
        steps: ['qualified', 'shaped', 'proposed'],
        lost: null,
      },
      {
        title: 'Etikettendrucker als Dienst',
        description: 'Jedes Werk kauft Drucker und Verbrauchsmaterial selbst; ein Preis je Etikett nähme ihnen das ab.',
        valueMinor: 6_200_000,
        probabilityBp: 3000,
        steps: [],
        lost: null,
      },
    ],
  },
  {
    customer: 'BWR',
    renewal: null,
    opportunities: [
      {
        title: 'Store openings as a package',
        description: 'Each opening is a project of its own; a fixed price for each would spare them the quotes.',
        valueMinor: 9_000_000,
        probabilityBp: 4000,
        steps: ['qualified'],
        lost: null,
      },
      {
        title: 'Till software support',
        description: 'The maker’s support ends next year.',
        valueMinor: 5_500_000,
        probabilityBp: 2000,
        steps: ['qualified'],
        lost: { reason: 'insourcing', note: 'Their own team takes it over.' },
      },
    ],
  },
]
