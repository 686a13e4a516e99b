import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { Database } from '#platform/database.ts'
import { putBack } from '#platform/set-aside.ts'
import { provider } from '#sample/company.ts'
import { sampleSourceKey } from './company.ts'
import { exclusively } from './exclusively.ts'
import { readState } from './state.ts'

/**
 * Removes the sample customers and everything that belongs to them, also what was added since. Runs as the owner of the
 * tables, for nobody else may take away what happened. What the sample added for all (services, a calendar, teams, people)
 * goes too, unless somebody else uses it by now.
 */
export async function deleteSample(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Before the incidents: nothing is taken out of sums that are removed as a whole.
    for (const table of ['holding', 'holding_due', 'holding_sum', 'clock', 'attainment_month', 'history', 'incident']) {
      await sql`delete from ${sql.table(table)} where customer_id in (select id from customer where sample)`.execute(tx)
    }
  })
  // Each person's and site's end is checked against the incidents that there are: not against those just removed.
  await sql`vacuum incident`.execute(db)
  await db.transaction().execute(deleteMasterData)
}

async function deleteMasterData(tx: Db): Promise<void> {
  const { services, calendars } = await readState(tx)
  const { rows } = await sql<{ id: string }>`select id from customer where sample for update`.execute(tx)
  const customers = rows.map(({ id }) => id)
  const ofCustomers = sql`customer_id = any(${customers}::uuid[])`
  // A mailbox goes on to be read, and belongs to nobody in particular from then on.
  await sql`update mail_account set customer_id = null where ${ofCustomers}`.execute(tx)
  for (const table of ofCustomersTables) await sql`delete from ${sql.table(table)} where ${ofCustomers}`.execute(tx)
  await sql`delete from role_assignment where ${ofCustomers}
    or person_id in (select id from person where ${ofCustomers})`.execute(tx)
  await sql`delete from account where person_id in (select id from person where ${ofCustomers})`.execute(tx)
  await sql`delete from person where ${ofCustomers}`.execute(tx)
  for (const id of customers) {
    for (const kind of ['number', 'request_number']) {
      await sql`drop sequence if exists ${sql.table(`${kind}_${id.replaceAll('-', '')}`)}`.execute(tx)
    }
  }
  await sql`delete from customer where id = any(${customers}::uuid[])`.execute(tx)
  await sql`delete from team where sample and not exists (select from incident where incident.team_id = team.id)
    and not exists (select from role_assignment where role_assignment.team_id = team.id)
    and not exists (select from mail_account where mail_account.team_id = team.id)
    and not exists (select from request_task where request_task.team_id = team.id)`.execute(tx)
  await sql`delete from person where customer_id is null and starts_with(source_key, ${sampleSourceKey})
    and not exists (select from incident where incident.assignee_id = person.id or incident.requester_id = person.id)
    and not exists (select from team_member where team_member.person_id = person.id)
    and not exists (select from role_assignment where role_assignment.person_id = person.id)
    and not exists (select from major_incident where person.id in (commander_id, communications_id))
    and not exists (select from major_incident_action where owner_id = person.id)
    and not exists (select from escalation where owner_id = person.id)
    and not exists (select from request where person.id in (request.requester_id, request.ordered_by_id))
    and not exists (select from request_approval where request_approval.person_id = person.id)
    and not exists (select from request_task where request_task.assignee_id = person.id)
    and not exists (select from escalation_rule where owner_id = person.id)
    and not exists (select from webhook where owner_id = person.id)
    and not exists (select from feedback_case where owner_id = person.id)
    and not exists (select from friction_point where person.id in (reporter_id, owner_id))
    and not exists (select from said_done where owner_id = person.id)
    and not exists (select from rule where owner_id = person.id)
    and not exists (select from action where owner_id = person.id)
    and not exists (select from decision where owner_id = person.id)
    and not exists (select from improvement where owner_id = person.id)
    and not exists (select from forum where chair_id = person.id)
    and not exists (select from stakeholder where owner_id = person.id)
    and not exists (select from rule_version where made_by = person.id)
    and not exists (select from account where account.person_id = person.id)`.execute(tx)
  await sql`delete from service where id = any(${services}::uuid[])
    and not exists (select from incident where incident.service_id = service.id)
    and not exists (select from request where request.service_id = service.id)
    and not exists (select from catalogue_item where catalogue_item.service_id = service.id)
    and not exists (select from agreement_version where service.id = any(agreement_version.service_ids))
    and not exists (select from availability_promise where availability_promise.service_id = service.id)
    and not exists (select from charge_line where charge_line.service_id = service.id)
    and not exists (select from downtime where downtime.service_id = service.id)
    and not exists (select from maintenance_window where maintenance_window.service_id = service.id)
    and not exists (select from monitoring_gap where monitoring_gap.service_id = service.id)`.execute(tx)
  await sql`delete from rate_set where sample
    and not exists (select from budget_entry where budget_entry.rate_set_id = rate_set.id)`.execute(tx)
  await sql`delete from supplier where sample
    and not exists (select from supplier_contract where supplier_contract.supplier_id = supplier.id)`.execute(tx)
  await sql`delete from calendar where id = any(${calendars}::uuid[])
    and not exists (select from agreement_version where agreement_version.calendar_id = calendar.id)
    and not exists (select from availability_promise where availability_promise.calendar_id = calendar.id)`.execute(tx)
  await sql`delete from setting where name = 'sample'
    or (name = 'organisation' and value = to_jsonb(${provider}::text))`.execute(tx)
}

/** Those that carry their customer, in an order in which none refers to one before. */
export const ofCustomersTables = [
  'action',
  'decision',
  'improvement',
  'agenda_item',
  'relationship_pulse',
  'stakeholder_interaction',
  'stakeholder',
  'forum_attendance',
  'forum_member',
  'forum_run',
  'forum',
  'budget_forecast_month',
  'budget_forecast',
  'budget_commitment',
  'budget_entry',
  'budget_plan',
  'budget_line',
  'appropriation_decision',
  'appropriation',
  'efficiency_base',
  'supplier_invoice',
  'capacity_order',
  'pool_rate',
  'pool',
  'supplier_contract',
  'opportunity_evidence',
  'opportunity',
  'renewal_scenario',
  'renewal',
  'contract_change_work',
  'contract_change_margin',
  'contract_change',
  'posting',
  'profit_plan',
  'labour_rate',
  'credit_return',
  'service_credit',
  'credit_note',
  'credit_regime',
  'charge',
  'volume_reading',
  'charge_price',
  'charge_line',
  'obligation_due',
  'obligation',
  'indexation',
  'contract_invoicing',
  'contract_private',
  'contract_version',
  'contract',
  'notification',
  'incident_watcher',
  'incident_reader',
  'attachment',
  'text_template',
  'macro',
  'contact_message',
  'contact',
  'contact_source',
  'rule_run',
  'rule_version',
  'rule',
  'webhook_attempt',
  'webhook_delivery',
  'webhook',
  'said_done',
  'friction_point',
  'waiting_answer',
  'survey_answer_identity',
  'verbatim',
  'survey_answer',
  'anonymous_answer',
  'survey_invitation',
  'survey_link',
  'survey',
  'felt_sum',
  'feedback_case',
  'kpi_value',
  'own_kpi',
  'kpi_baseline',
  'escalation',
  'escalation_rule',
  'incident_article',
  'article',
  'portal_find',
  'portal_search',
  'portal_search_miss',
  'request_answer_use',
  'request_call',
  'request_approval',
  'request_task',
  'request_told',
  'request',
  'catalogue_item_version',
  'catalogue_item',
  'outgoing_mail',
  'received_mail',
  'mail_template',
  'customer_mail_domain',
  'status_page',
  'identity_provider_group',
  'availability_adjustment',
  'availability_told',
  'availability_promise',
  'downtime',
  'maintenance_window',
  'monitoring_gap',
  'adjustment',
  'clock_result',
  'what_if_difference',
  'what_if',
  'correction_difference',
  'recomputation',
  'correction',
  'period',
  'clock',
  'attainment_month',
  'history',
  'holding',
  'report_delivery',
  'report_schedule',
  'customer_brand',
  'review_reading',
  'review_comment',
  'review_cycle',
  'review_text',
  'review_document',
  'review',
  'import',
  'incident',
  'target',
  'agreement_version',
  'agreement',
  'calendar_version',
  'calendar',
  'site',
  'service',
  // What was removed just now changed figures that are gone.
  'kpi_change',
  'holding_due',
  'holding_sum',
]

/** Removes the sample company while nobody writes it; nothing happens when there is none. */
export async function removeSample(database: Pick<Database, 'db' | 'pool'>): Promise<void> {
  await exclusively(database, async (client) => {
    await putBack([client])
    await deleteSample(database.db)
  })
}
