import { parseArgs } from 'node:util'
import { dateOf, dayOf } from '#core/calendar-rules.ts'
import { speaker } from '#core/text.ts'
import { countCustomers, removeSample, writeSample } from '#modules/sample'
import de from '../locales/de/sample.json' with { type: 'json' }
import en from '../locales/en/sample.json' with { type: 'json' }
import type { CommandWorld } from './command.ts'

const say = speaker<keyof typeof en>({ en, de })

/** More tickets than this are no company any more. */
const TICKETS_AT_MOST = 10_000_000
const MONTHS_AT_MOST = 120

/**
 * `sample [--tickets N] [--months M] [--seed S] [--until DATE] [--add]`: writes the sample company; `--remove` takes it
 * away again.
 */
export async function sampleCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { database, out, err, json, language } = world
  const { values } = parseArgs({
    args: [...args],
    options: {
      tickets: { type: 'string', default: '20000' },
      months: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string' },
      add: { type: 'boolean', default: false },
      remove: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    out(say(language, 'usage'))
    return 0
  }
  if (values.remove) {
    await removeSample(database)
    out(json ? JSON.stringify({ removed: true }) : say(language, 'removed'))
    return 0
  }
  const tickets = wholeNumber(values.tickets, TICKETS_AT_MOST)
  const months = wholeNumber(values.months, MONTHS_AT_MOST)
  const until = values.until === undefined ? undefined : dayAfter(values.until, new Date())
  if (tickets === null) return wrong(world, '--tickets', values.tickets, TICKETS_AT_MOST)
  if (months === null) return wrong(world, '--months', values.months, MONTHS_AT_MOST)
  if (until === null) {
    err(say(language, 'bad-date', { given: values.until }))
    return 2
  }
  const { all, sample } = await countCustomers(database.db)
  if (all > sample && !values.add) {
    err(say(language, 'not-empty', { count: all - sample }))
    return 1
  }
  let shown = 0
  const counts = await writeSample(database, {
    tickets,
    months,
    seed: values.seed,
    add: values.add,
    ...(until !== undefined && { until }),
    onProgress: (percent) => {
      if (percent < shown + 10 || json) return
      shown = percent
      err(say(language, 'progress', { percent }))
    },
  })
  out(json ? JSON.stringify(counts) : say(language, 'done', { ...counts }))
  return 0
}

function wrong({ err, language }: CommandWorld, option: string, given: string, most: number): number {
  err(say(language, 'bad-number', { option, given, least: '1', most: String(most) }))
  return 2
}

function wholeNumber(text: string, most: number): number | null {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= most ? number : null
}

/** The local date after the day or month named; null when there is no such day, or it is not over. */
function dayAfter(text: string, now: Date): string | null {
  const month = /^(\d{4})-(\d{2})$/.exec(text)
  if (month) {
    const next = new Date(Date.UTC(Number(month[1]), Number(month[2]), 1))
    return Number(month[2]) >= 1 && Number(month[2]) <= 12 && next <= now ? next.toISOString().slice(0, 10) : null
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = dayOf(text)
  if (Number.isNaN(day) || dateOf(day) !== text) return null
  const after = dateOf(day + 1)
  return after <= now.toISOString().slice(0, 10) ? after : null
}
