import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#platform/configuration.ts'
import { services } from './services.ts'
import { slotNames } from './slots.ts'
import { storiesOf } from './stories.ts'
import { type Case, type Subject, subjects } from './subjects/index.ts'
import { ticketsOf } from './generate.ts'
import { planFor } from './testing.ts'

const stories = storiesOf(Date.UTC(2025, 10, 22), Date.UTC(2026, 10, 22)).map(({ subject }) => subject)
const everySubject: readonly Subject[] = [...Object.values(subjects).flat(), ...stories]
const casesOf = ({ en, de = [], alert }: Subject): readonly Case[] => [
  ...en,
  ...de,
  ...(alert ? [alert.en, ...(alert.de ? [alert.de] : [])] : []),
]

test('every service has something that goes wrong with it, and nothing is told twice', () => {
  for (const { key } of services) expect(subjects[key].length, key).toBeGreaterThan(0)
  const titles = everySubject.flatMap(casesOf).map(([title]) => title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
})

test('German is spoken wherever a service is used by somebody who speaks it', () => {
  const english = new Set(['ALF', 'BWR'])
  for (const { key, customer } of services) {
    if (customer !== null && english.has(customer)) continue
    for (const subject of subjects[key]) {
      expect(subject.de?.length ?? 0, `${key} ${subject.key}`).toBeGreaterThan(0)
      expect(subject.alert === undefined || subject.alert.de !== undefined, `${key} ${subject.key}`).toBe(true)
    }
  }
})

test('every placeholder has a value, and each monitored subject an alert', () => {
  for (const subject of everySubject) {
    for (const text of casesOf(subject).flat()) {
      for (const [, name] of text.matchAll(/\{(.*?)\}/g)) expect(slotNames, text).toContain(name)
    }
    expect(subject.monitored === undefined || subject.alert !== undefined, subject.key).toBe(true)
  }
})

test('sentences end as sentences do, titles do not', () => {
  for (const subject of everySubject) {
    for (const [title, detail, effect, ...resolutions] of casesOf(subject)) {
      expect(title).not.toMatch(/[.!]$/)
      for (const sentence of [detail, effect, ...resolutions]) expect(sentence).toMatch(/[.“”]$/)
    }
  }
})

test('German is written with German quotation marks, English with English ones', () => {
  for (const { en, de = [] } of everySubject) {
    for (const text of de.flat()) expect(text).not.toMatch(/”|"|^[^„]*“/)
    for (const text of en.flat()) expect(text).not.toMatch(/„|"/)
  }
})

test('what is written has no gaps, and in Switzerland no ß', async () => {
  const plan = await planFor({ tickets: 1500 })
  for (const { title, description, resolution, siteId } of ticketsOf(plan)) {
    const text = `${title}\n${description}\n${resolution ?? ''}`
    expect(text).not.toMatch(/[{}]|undefined|NaN| {2}/)
    expect(title.length).toBeLessThan(120)
    expect(siteId === 'zurich' && text.includes('ß'), text).toBe(false)
  }
})

const shared = join(ROOT, '../shared/data')

/** What people wrote, as opposed to columns of numbers. */
const written = ['tobi_bueck_tickets_de_en', 'endava_tickets', 'kaggle_customer_support_csat', 'mails']

/** The stretches between full stops, commas and placeholders that are long enough to be somebody's words. */
function phrasesOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\{.*?\}|[.,:;!?|"„“”\n]+/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase.split(' ').length >= 6)
}

test.skipIf(!existsSync(shared))('nothing is taken from the data sets beside the project (../shared)', async () => {
  const foreign = new Set<string>()
  for (const folder of written) {
    for (const file of await readdir(join(shared, folder), { recursive: true })) {
      if (!/\.(csv|json|txt|eml|mbox)$/.test(file)) continue
      for (const phrase of phrasesOf(await readFile(join(shared, folder, file), 'utf8'))) foreign.add(phrase)
    }
  }
  const own = everySubject.flatMap(casesOf).flatMap((texts) => texts.flatMap(phrasesOf))
  expect(foreign.size).toBeGreaterThan(10_000)
  expect(own.length).toBeGreaterThan(500)
  expect(own.filter((phrase) => foreign.has(phrase))).toEqual([])
})
