import { sql } from 'kysely'
import { require } from '#core/may.ts'
import { getCatalogueItem } from '#modules/catalogue'
import type { Context } from '#platform/context.ts'
import { type FieldUse, fieldUseMonths } from './api-bureaucracy.ts'
import { barredFromAnalysing } from './may.ts'

/** How the fields of an item were used lately, whatever version of it asked: who changes its form sees what is only filled in. */
export async function readFieldUse(context: Context, itemId: string): Promise<{ fields: FieldUse[] }> {
  require(barredFromAnalysing(context.actor))
  const { id } = await getCatalogueItem(context, itemId)
  const from = new Date(context.now)
  from.setUTCMonth(from.getUTCMonth() - fieldUseMonths)
  const { rows } = await sql<FieldUse>`
    select answer ->> 'key' as key, count(*) as filled, count(u.request_id) as used, max(u.used_at) as last_used_at
    from request r cross join jsonb_array_elements(r.answers) answer
      left join request_answer_use u on u.request_id = r.id and u.field = answer ->> 'key'
    where r.item_id = ${id} and r.ordered_at >= ${from} and r.state <> 'draft'
    group by 1 order by 1`.execute(context.db)
  return { fields: rows }
}
