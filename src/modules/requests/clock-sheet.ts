import { refused } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import { listAdjustments, listKeptResultsOfOrder, printClock, saySheet, type SheetClock } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { explainOrderOf } from './explain.ts'

/** The results beside the one that is told; further ones are in the programme. */
const OTHERS = 20

/** The promise of an order on paper. Throws where nothing was promised. */
export async function orderSheet(
  inTransaction: Parameters<typeof printClock>[0],
  { id, lang }: { readonly id: string; readonly lang: Language | undefined },
): Promise<FileReply> {
  return printClock(inTransaction, lang, (context) => sheetClock(context, id))
}

async function sheetClock(context: Context, id: string): Promise<SheetClock> {
  const { language } = context.actor
  const found = await explainOrderOf(context, id)
  if (found === null) throw refused('request.nothing-promised')
  const { explanation, again, order } = found
  const { agreement, calendar, timeZone: zone, state, exclusion, asTold, promised } = explanation
  const kept = await listKeptResultsOfOrder(context, order.id, { limit: OTHERS })
  const adjusted = await listAdjustments(context, { request: order.id, limit: OTHERS })
  return {
    metric: 'fulfilment',
    number: order.number,
    customer: order.customer.name,
    state,
    result: again.result,
    open: again.open,
    zone,
    agreement,
    versionId: again.versionId,
    calendar: calendar.name,
    calendarVersions: again.agreement.calendarVersions,
    exclusion,
    asTold,
    identity: { order: order.number, metric: 'fulfilment' },
    facts: () => ({
      before: [
        [saySheet(language, 'order'), [`${order.number} · ${order.item.name[language]}`]],
        [saySheet(language, 'customer'), [order.customer.name]],
        ...(order.service ? [[saySheet(language, 'service'), [order.service.name]] as const] : []),
      ],
      target: promised,
      after: [[saySheet(language, 'pauses'), [saySheet(language, 'pauses.order')]]],
    }),
    kept: kept.items,
    adjusted: adjusted.items,
  }
}
