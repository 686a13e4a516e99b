import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope } from '#platform/waiting.ts'

export interface Begun {
  readonly hasTickets: boolean
  readonly hasActiveAgreement: boolean
  readonly hasReview: boolean
  readonly hasColleagues: boolean
}

/** Which first steps were taken, as far as the asker sees. */
export async function readBegun({ db, now }: Context, scope: WaitingScope): Promise<Begun> {
  const { rows } = await sql<Begun>`
    select exists (select from incident i where ${ofCustomer(scope, 'i.customer_id')}) as has_tickets,
      exists (select from agreement_version v where v.state = 'active' and ${ofCustomer(scope, 'v.customer_id')}) as has_active_agreement,
      exists (select from review r where ${ofCustomer(scope, 'r.customer_id')}) as has_review,
      (select count(distinct r.person_id) > 1 from role_assignment r
        where r.role in ('administrator', 'service-manager', 'agent') and r.valid_from <= ${now}
          and (r.valid_to is null or r.valid_to > ${now})) as has_colleagues`.execute(db)
  return rows[0]!
}
