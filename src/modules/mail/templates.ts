import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import { barredFromAdministering, barredFromManaging, require } from '#core/may.ts'
import { type Language, languages } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { MailTemplate } from './api.ts'
import { requireKnownFields, type Template, templateFields, usualTemplate } from './template.ts'
import { type TemplateKind, templateKinds } from './template-kinds.ts'

/** `GET /mail-templates`. */
export async function listTemplates(
  { db, actor }: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<{ items: MailTemplate[]; fields: string[] }> {
  require(barredFromManaging(actor))
  if (customer !== undefined) await requireCustomer(db, customer)
  const rows = await db
    .selectFrom('mailTemplate')
    .select(['kind', 'language', 'subject', 'body', 'customerId'])
    .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customer ?? null)]))
    .orderBy(sql`customer_id is null`)
    .execute()
  const items = templateKinds.flatMap((kind) =>
    languages.map((language): MailTemplate => {
      const row = rows.find((each) => each.kind === kind && each.language === language)
      if (row === undefined) return { kind, language, ...usualTemplate(kind, language), origin: 'program' }
      const { subject, body, customerId } = row
      return { kind, language, subject, body, origin: customerId === null ? 'everybody' : 'customer' }
    }),
  )
  return { items, fields: [...templateFields] }
}

interface Which {
  readonly kind: TemplateKind
  readonly language: Language
}

/** What everybody is told is for those who administer; what one customer is told for those who manage it. */
function requireMay({ actor }: Context, customer: string | null): void {
  require(customer === null ? barredFromAdministering(actor) : barredFromManaging(actor))
}

/** `PUT /mail-templates/:kind/:language`. */
export async function setTemplate(
  context: Context,
  { kind, language }: Which,
  { customer, subject, body }: Template & { readonly customer: string | null },
): Promise<MailTemplate> {
  requireMay(context, customer)
  requireKnownFields({ subject, body })
  const { db, now } = context
  if (customer !== null) await requireCustomer(db, customer)
  await db
    .insertInto('mailTemplate')
    .values({ id: newId(now.getTime()), customerId: customer, kind, language, subject, body })
    .onConflict((conflict) =>
      conflict
        .columns(['customerId', 'kind', 'language'])
        .doUpdateSet({ subject, body, version: sql<number>`mail_template.version + 1` }),
    )
    .execute()
  await tell(context, 'mail-template.changed', { kind, language, customer })
  return { kind, language, subject, body, origin: customer === null ? 'everybody' : 'customer' }
}

/** `DELETE /mail-templates/:kind/:language`. */
export async function removeTemplate(
  context: Context,
  { kind, language }: Which,
  customer: string | null,
): Promise<null> {
  requireMay(context, customer)
  if (customer !== null) await requireCustomer(context.db, customer)
  await context.db
    .deleteFrom('mailTemplate')
    .where('kind', '=', kind)
    .where('language', '=', language)
    .where('customerId', 'is not distinct from', customer)
    .execute()
  await tell(context, 'mail-template.removed', { kind, language, customer })
  return null
}

async function tell(
  context: Context,
  action: string,
  { kind, language, customer }: Which & { readonly customer: string | null },
): Promise<void> {
  await audit(context, { action, subjectType: 'mail-template', customerId: customer, facts: { kind, language } })
}
