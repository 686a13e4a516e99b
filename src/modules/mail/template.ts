import { sql } from 'kysely'
import { invalid } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import type { TemplateKind } from './template-kinds.ts'
import { sayOfMail } from './text.ts'

/** What may stand in braces in a template. */
export const templateFields = ['number', 'title', 'customer', 'name', 'text', 'link', 'closes'] as const
export type TemplateValues = Readonly<Record<(typeof templateFields)[number], string>>

export interface Template {
  readonly subject: string
  readonly body: string
}

const FIELD = /\{([^{}]*)\}/g

/** Throws when a template names a field that there is not. */
export function requireKnownFields({ subject, body }: Template): void {
  for (const [path, text] of [
    ['subject', subject],
    ['body', body],
  ] as const) {
    const unknown = [...text.matchAll(FIELD)].find(([, field]) => !isField(field!))
    if (unknown !== undefined) {
      const values = { field: unknown[0], fields: templateFields.map((field) => `{${field}}`).join(', ') }
      throw invalid('mail.template-field', values, { errors: [{ path, message: '' }] })
    }
  }
}

const isField = (name: string): name is keyof TemplateValues => (templateFields as readonly string[]).includes(name)

/** The template with its fields filled in. What was filled in is not looked at again. */
export function filled(template: Template, values: TemplateValues): Template {
  const fill = (text: string) => text.replace(FIELD, (whole, name: string) => (isField(name) ? values[name] : whole))
  return {
    subject: fill(template.subject).replace(/\s+/g, ' ').trim(),
    body: fill(template.body).replace(/ +$/gm, '').trim(),
  }
}

/** What the program says where nobody said otherwise. */
export function usualTemplate(kind: TemplateKind, language: Language): Template {
  // Fields stay as they are: the catalogue's own braces are filled with themselves.
  const fields = Object.fromEntries(templateFields.map((field) => [field, `{${field}}`]))
  return {
    subject: sayOfMail(language, `template.${kind}.subject`, fields),
    body: sayOfMail(language, `template.${kind}.body`, fields),
  }
}

/** What holds for a customer: its own template, that of everybody, or what the program says. */
export async function templateFor(
  db: Db,
  {
    customerId,
    kind,
    language,
  }: { readonly customerId: string; readonly kind: TemplateKind; readonly language: Language },
): Promise<Template> {
  const row = await db
    .selectFrom('mailTemplate')
    .select(['subject', 'body'])
    .where('kind', '=', kind)
    .where('language', '=', language)
    .where((where) => where.or([where('customerId', '=', customerId), where('customerId', 'is', null)]))
    .orderBy(sql`customer_id is null`)
    .limit(1)
    .executeTakeFirst()
  return row ?? usualTemplate(kind, language)
}
