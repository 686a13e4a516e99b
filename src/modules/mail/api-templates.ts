import { z } from 'zod'
import { languages } from '#core/text.ts'
import { endpoint } from '#core/endpoint.ts'
import { templateKinds } from './template-kinds.ts'

const template = z.object({
  kind: z.enum(templateKinds),
  language: z.enum(languages),
  subject: z.string(),
  body: z.string(),
  origin: z
    .enum(['customer', 'everybody', 'program'])
    .describe('Whose it is: this customer’s, everybody’s, or built in'),
})
export type MailTemplate = z.output<typeof template>

const whichTemplate = z.object({ kind: z.enum(templateKinds), language: z.enum(languages) })

export const listMailTemplates = endpoint({
  method: 'GET',
  path: '/mail-templates',
  summary: 'What our mails say to a customer’s people, or to everybody’s, in each language',
  audience: 'provider',
  query: z.object({ customer: z.uuid().optional() }),
  reply: z.object({ items: z.array(template), fields: z.array(z.string()).describe('What may stand in braces') }),
})

export const setMailTemplate = endpoint({
  method: 'PUT',
  path: '/mail-templates/:kind/:language',
  summary: 'Says anew what a mail says; a field that there is not is refused',
  audience: 'provider',
  params: whichTemplate,
  body: z.object({
    customer: z.uuid().nullable().default(null),
    subject: z.string().trim().min(1).max(400),
    body: z.string().trim().min(1).max(20_000),
  }),
  reply: template,
})

export const removeMailTemplate = endpoint({
  method: 'DELETE',
  path: '/mail-templates/:kind/:language',
  summary: 'Goes back to what everybody is told, or to what is built in',
  audience: 'provider',
  params: whichTemplate,
  query: z.object({ customer: z.uuid().optional() }),
  reply: z.null(),
  status: 204,
})
