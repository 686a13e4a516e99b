import type { CostAccount } from '../../src/core/ledger.ts'
import type { Random } from './random.ts'

/** A cost of every month: around how much, how far it lies from it, and what was offered, in the smallest unit. */
interface SampleCost {
  readonly category: CostAccount
  readonly about: string
  readonly around: number
  readonly spread: number
  readonly bid: number
}

/** By customer: what running the contract costs. */
export const sampleCosts: Readonly<Record<string, readonly SampleCost[]>> = {
  NHL: [
    {
      category: 'labour',
      about: 'Eigene Arbeit, Stundenmeldung',
      around: 14_100_000,
      spread: 520_000,
      bid: 13_200_000,
    },
    { category: 'pool', about: 'Schichten vor Ort', around: 6_050_000, spread: 380_000, bid: 5_900_000 },
    { category: 'supplier', about: 'Netz und Rechenzentrum', around: 3_720_000, spread: 60_000, bid: 3_600_000 },
    { category: 'tools', about: 'Lizenzen', around: 1_330_000, spread: 0, bid: 1_330_000 },
    { category: 'depreciation', about: 'Lagerdrucker und Handgeräte', around: 704_000, spread: 0, bid: 704_000 },
  ],
  BWR: [
    { category: 'labour', about: 'Own work, timesheets', around: 9_600_000, spread: 410_000, bid: 9_300_000 },
    { category: 'supplier', about: 'Store network', around: 4_150_000, spread: 70_000, bid: 4_150_000 },
    { category: 'tools', about: 'Licences', around: 880_000, spread: 0, bid: 900_000 },
    { category: 'travel', about: 'Store visits', around: 310_000, spread: 90_000, bid: 280_000 },
  ],
}

/** A month's costs as a file would have them. */
export function costRows(customer: string, month: string, random: Random): readonly string[] {
  return (sampleCosts[customer] ?? []).map(({ category, about, around, spread }) => {
    const minor = Math.max(1, Math.round(around + random.normal() * spread))
    return `${month},${category},${(minor / 100).toFixed(2)},${month}-${category},${about.replaceAll(',', '')}`
  })
}
