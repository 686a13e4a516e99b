import { waitText } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'
import { listAdjustments, listKeptResults, printClock, saySheet, type SheetClock } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { explainClockOf } from './explanation.ts'

/** The results beside the one that is told; further ones are in the programme. */
const OTHERS = 20

/** A clock of an incident on paper. */
export async function clockSheet(
  inTransaction: Parameters<typeof printClock>[0],
  { id, clockId, lang }: { readonly id: string; readonly clockId: string; readonly lang: Language | undefined },
): Promise<FileReply> {
  return printClock(inTransaction, lang, (context) => sheetClock(context, id, clockId))
}

async function sheetClock(context: Context, id: string, clockId: string): Promise<SheetClock> {
  const { language } = context.actor
  const { explanation, again, incident, priority } = await explainClockOf(context, id, clockId)
  const { clock, agreement, calendar, exclusion, asTold, timeZone: zone } = explanation
  const { result } = again.counted
  const kept = await listKeptResults(context, incident.id, { limit: OTHERS })
  const adjusted = await listAdjustments(context, { incident: incident.id, limit: OTHERS })
  return {
    metric: clock.metric,
    number: incident.number,
    customer: incident.customer.name,
    state: clock.state,
    result,
    open: result.open,
    zone,
    agreement,
    versionId: again.agreement.versionId,
    calendar: calendar.name,
    calendarVersions: again.agreement.calendarVersions,
    exclusion,
    asTold,
    identity: { incident: incident.number, metric: clock.metric, priority },
    facts: (terms, letterhead) => ({
      before: [
        [saySheet(language, 'incident'), [`${incident.number} · ${incident.title}`]],
        ...(incident.sourceNumber ? [[saySheet(language, 'source'), [incident.sourceNumber]] as const] : []),
        [saySheet(language, 'customer'), [incident.customer.name]],
        [saySheet(language, 'priority'), [priority.toUpperCase()]],
      ],
      after:
        clock.metric === 'resolution'
          ? [
              [
                saySheet(language, 'pauses'),
                terms.pausedBy.length === 0
                  ? [saySheet(language, 'pauses.none')]
                  : [terms.pausedBy.map((reason) => waitText(language, reason, letterhead.words[language])).join(', ')],
              ],
              [
                saySheet(language, 'reopen'),
                [saySheet(language, `reopen.${terms.reopen}`, { days: terms.reopenWithinDays })],
              ],
            ]
          : [],
    }),
    kept: kept.items.filter((each) => each.clockId === clockId),
    adjusted: adjusted.items.filter((each) => each.clockId === clockId),
  }
}
