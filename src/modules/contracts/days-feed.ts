import { createHash } from 'node:crypto'
import { monthName } from '#core/month-text.ts'
import { daysAfter } from '#core/recurrence.ts'
import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/contracts.json' with { type: 'json' }
import en from '../../locales/en/contracts.json' with { type: 'json' }
import type { ContractDay } from './api.ts'

const say = speaker({ en, de })

/** Last days as RFC 5545 has them: a day each, known again when it is read anew. */
export function calendarOf(
  days: readonly ContractDay[],
  {
    language,
    now,
    isCustomers = false,
  }: {
    readonly language: Language
    readonly now: Date
    /** Read by the customer's people, to whom “we” are they themselves. */
    readonly isCustomers?: boolean
  },
): string {
  const stamp = `${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
  const events = days.map(({ contract, customer, kind, on, name, month, party, leads }) => {
    const id = createHash('sha256').update([leads.id, kind, on, name].join(' ')).digest('hex').slice(0, 32)
    const what = say(language, `contract-days.${kind}`, {
      name: name ?? '',
      party: isCustomers ? (party === 'customer' ? 'you' : 'they') : (party ?? ''),
      month: month === null ? '' : monthName(language, month),
    })
    const about = contract === null ? [] : [contract.number]
    return [
      'BEGIN:VEVENT',
      `UID:${id}@plumbline`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${daysAfter(on, 1).replaceAll('-', '')}`,
      `SUMMARY:${escaped(`${what} (${[customer.name, ...about].join(', ')})`)}`,
      ...(contract === null ? [] : [`DESCRIPTION:${escaped(contract.title)}`]),
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
  const lines = text.replaceAll(/[\\;,]/g, (each) => `\\${each}`).replaceAll(/\r\n?|\n/g, '\\n')
  // Nothing of the other control characters belongs there; what a title says must never become a line of its own.
  return lines.replaceAll(/\p{Cc}/gu, ' ')
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
