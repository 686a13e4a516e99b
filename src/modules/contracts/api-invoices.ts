import { z } from 'zod'
import { byId, endpoint, month } from '#core/endpoint.ts'

const party = z.object({
  name: z.string().trim().min(1).max(200),
  street: z.string().trim().min(1).max(200),
  postCode: z.string().trim().min(1).max(20),
  city: z.string().trim().min(1).max(100),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166, two letters'),
  vatId: z.string().trim().min(4).max(20).nullable().default(null),
  email: z.email().max(200).nullable().default(null).describe('Where electronic invoices go'),
})
export type InvoiceParty = z.output<typeof party>

/** Categories of EN 16931: standard, zero-rated, exempt, reverse charge, within the union, outside, out of scope. */
export const taxCategories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const

export const invoicing = z.object({
  seller: party,
  buyer: party,
  taxCategory: z.enum(taxCategories),
  taxBp: z.int().min(0).max(10_000).describe('Basis points: 19 % is 1900'),
  exemption: z.string().trim().min(1).max(300).nullable().default(null).describe('Why no tax is charged'),
  paymentDays: z.int().min(0).max(365),
  iban: z
    .string()
    .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/)
    .nullable()
    .default(null),
  buyerReference: z.string().trim().min(1).max(100).nullable().default(null),
  orderReference: z.string().trim().min(1).max(100).nullable().default(null),
})
export type Invoicing = z.output<typeof invoicing>

export const getInvoicing = endpoint({
  method: 'GET',
  path: '/contracts/:id/invoicing',
  summary: 'Who invoices whom and with which tax; null as long as nobody has said',
  audience: 'provider',
  params: byId,
  reply: z.object({ invoicing: invoicing.nullable() }),
})

export const putInvoicing = endpoint({
  method: 'PUT',
  path: '/contracts/:id/invoicing',
  summary: 'Says who invoices whom and with which tax',
  audience: 'provider',
  params: byId,
  body: invoicing,
  reply: z.object({ invoicing }),
})

export const getInvoice = endpoint({
  method: 'GET',
  path: '/contracts/:id/invoices/:month',
  summary: 'What was agreed of a month, as invoice data: EN 16931 (UBL 2.1) or CSV',
  audience: 'provider',
  params: z.object({ id: z.uuid(), month }),
  query: z.object({
    format: z.enum(['xml', 'csv']).default('xml'),
    decimal: z
      .enum(['point', 'comma'])
      .default('point')
      .describe('Of CSV; with a comma, fields are parted by semicolons'),
  }),
  reply: z.any(),
  bytes: 'reply',
})
