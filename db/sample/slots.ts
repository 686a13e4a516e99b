import type { Language, SampleSite } from './company.ts'
import type { Random } from './random.ts'

const minutes = [10, 15, 20, 25, 30, 40, 45]

const mailboxes = {
  en: ['invoices', 'dispatch', 'orders', 'quality', 'reception', 'service'],
  de: ['rechnungen', 'disposition', 'bestellungen', 'qualitaet', 'empfang', 'service'],
} as const
const departments = {
  en: ['Purchasing', 'Accounting', 'Sales', 'Dispatch', 'Quality', 'Planning', 'Customer Service', 'Maintenance'],
  de: ['Einkauf', 'Buchhaltung', 'Vertrieb', 'Disposition', 'Qualität', 'Planung', 'Kundendienst', 'Instandhaltung'],
} as const
const folders = {
  en: [
    'Supplier contracts',
    'Shift plans',
    'Price lists',
    'Budget',
    'Audits',
    'Complaints',
    'Training',
    'Forms',
    'Projects',
  ],
  de: [
    'Lieferantenverträge',
    'Schichtpläne',
    'Preislisten',
    'Budget',
    'Audits',
    'Reklamationen',
    'Schulungen',
    'Formulare',
    'Projekte',
  ],
} as const

type SlotMaker = (random: Random, site: SampleSite, language: Language) => string | number

/** What stands for the names in braces. */
const makers: Readonly<Record<string, SlotMaker>> = {
  site: (_, { name }) => name,
  laptop: (random) => `NB-${random.whole(20_100, 26_900)}`,
  phone: (random) => `MD-${random.whole(3100, 5200)}`,
  printer: (random, { code, people }) => `PR-${code}-${padded(random.whole(1, Math.ceil(people / 14)), 3)}`,
  labelPrinter: (random, { code, people }) => `LP-${code}-${padded(random.whole(1, Math.ceil(people / 20)), 2)}`,
  scanner: (random, { people }) => `HS-${padded(random.whole(101, 101 + Math.ceil(people / 2)), 4)}`,
  switch: (random, { code }) => `sw-${code.toLowerCase()}-${padded(random.whole(1, 9), 2)}`,
  analyser: (random) => random.pick(['A1', 'A2', 'B1', 'B3', 'C2', 'H1']),
  gate: (random) => random.whole(1, 28),
  line: (random) => random.whole(1, 4),
  till: (random) => random.whole(1, 8),
  extension: (random) => random.whole(2100, 7890),
  order: (random) => random.whole(40_100_000, 48_990_000),
  minutes: (random) => random.pick(minutes),
  some: (random) => random.whole(2, 5),
  count: (random) => random.whole(3, 9),
  many: (random) => random.whole(12, 48),
  percent: (random) => random.whole(86, 98),
  mailbox: (random, _, language) => random.pick(mailboxes[language]),
  department: (random, _, language) => random.pick(departments[language]),
  folder: (random, _, language) => random.pick(folders[language]),
}

/** Fills texts of one ticket: the same name is the same thing in all of them. */
export type Fill = (template: string) => string

export function filler(random: Random, site: SampleSite, language: Language): Fill {
  // What lies in one place agrees: the room is on the floor, the access point in the hall.
  const values = new Map<string, string>()
  function valueOf(name: string): string {
    const known = values.get(name)
    if (known !== undefined) return known
    const value = make(name)
    values.set(name, value)
    return value
  }
  function make(name: string): string {
    switch (name) {
      case 'floor':
        return String(random.whole(1, 4))
      case 'room':
        return `${valueOf('floor')}.${padded(random.whole(1, 32), 2)}`
      case 'hall':
        return String(random.whole(1, site.people > 200 ? 5 : 3))
      case 'ap':
        return `AP ${valueOf('hall')}-${padded(random.whole(1, 14), 2)}`
      default:
        return String(makers[name]!(random, site, language))
    }
  }
  return (template) => {
    const parts = partsOf(template)
    let text = parts[0]!
    for (let index = 1; index < parts.length; index += 2) text += valueOf(parts[index]!) + parts[index + 1]!
    return text
  }
}

/** The names that `{…}` may hold. */
export const slotNames: ReadonlySet<string> = new Set([...Object.keys(makers), 'floor', 'room', 'hall', 'ap'])

const split = new Map<string, readonly string[]>()

/** Text, name, text, name … text. */
function partsOf(template: string): readonly string[] {
  let parts = split.get(template)
  if (parts === undefined) {
    parts = template.split(/\{(\w+)\}/)
    split.set(template, parts)
  }
  return parts
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
