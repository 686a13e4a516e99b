import { createHash } from 'node:crypto'
import { termDays } from '#core/contract-dates.ts'
import { daysAfter } from '#core/recurrence.ts'
import { type Language, speaker } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import de from '../../locales/de/contracts.json' with { type: 'json' }
import en from '../../locales/en/contracts.json' with { type: 'json' }
import type { ContractDay, DaysQuery } from './api.ts'
import { obligationsBetween } from './obligations.ts'
import { contractsFor, datesOf, todayOf } from './queries.ts'

const say = speaker({ en, de })

/** All last days on which something can be done, of the contracts in sight, the earliest first. */
export async function listDays(
  { db, now }: Context,
  { customer, contract, from, to }: DaysQuery,
): Promise<ContractDay[]> {
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const days: ContractDay[] = []
  for (const row of await contractsFor(db, { customerId, id: contract })) {
    const today = todayOf(row.timeZone, now)
    const span = { from: from ?? daysAfter(today, -30), to: to ?? daysAfter(today, 366) }
    const about = {
      contract: { id: row.id, number: row.number, title: row.title },
      customer: { id: row.customerId, name: row.customerName },
    }
    for (const { kind, on, name } of termDays(datesOf(row, today), span.from, span.to))
      days.push({ ...about, kind: kind as 'notice', on, name, party: null, state: null })
    for (const { dueOn: on, text: name, party, state } of await obligationsBetween(db, row, today, span))
      days.push({ ...about, kind: 'obligation', on, name, party, state })
  }
  return days.toSorted((one, other) =>
    one.on === other.on ? one.contract.title.localeCompare(other.contract.title) : one.on < other.on ? -1 : 1,
  )
}

/** The same as RFC 5545 has it: a day each, known again when it is read anew. */
export function calendarOf(
  days: readonly ContractDay[],
  { language, now }: { readonly language: Language; readonly now: Date },
): string {
  const stamp = `${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
  const events = days.map(({ contract, customer, kind, on, name, party }) => {
    const id = createHash('sha256').update([contract.id, kind, on, name].join(' ')).digest('hex').slice(0, 32)
    const what = say(language, `contract-days.${kind}`, { name: name ?? '', party: party ?? '' })
    return [
      'BEGIN:VEVENT',
      `UID:${id}@plumbline`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${daysAfter(on, 1).replaceAll('-', '')}`,
      `SUMMARY:${escaped(`${what} (${customer.name}, ${contract.number})`)}`,
      `DESCRIPTION:${escaped(contract.title)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]
  })
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plumbline//Contracts//EN',
    'CALSCALE:GREGORIAN',
    ...events.flat(),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (each) => `\\${each}`).replaceAll(/\r?\n/g, '\\n')
}

/** No line is longer than 75 bytes; what goes on begins with a space. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  for (const letter of line) {
    if (Buffer.byteLength(piece + letter) > (pieces.length === 0 ? 75 : 74)) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece].join('\r\n ')
}
