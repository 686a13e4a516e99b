import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'

const ofCustomer = z.object({ id: z.uuid().describe('Of the customer') })

const brand = z.object({
  accent: z.string().nullable().describe('`#rrggbb`; null: the provider’s'),
  logo: z.boolean().describe('Whether documents for this customer carry a logo of its own'),
})
export type CustomerBrand = z.output<typeof brand>

export const getBrand = endpoint({
  method: 'GET',
  path: '/customers/:id/brand',
  summary: 'How documents for a customer look',
  audience: 'provider',
  params: ofCustomer,
  reply: brand,
})

export const setBrandColour = endpoint({
  method: 'PUT',
  path: '/customers/:id/brand',
  summary: 'The colour of documents for a customer; those that are made already stay as they are',
  audience: 'provider',
  params: ofCustomer,
  body: z.object({
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable(),
  }),
  reply: brand,
})

export const setBrandLogo = endpoint({
  method: 'PUT',
  path: '/customers/:id/brand/logo',
  summary: 'The logo on documents for a customer, PNG or SVG',
  audience: 'provider',
  params: ofCustomer,
  bytes: 'body',
  reply: brand,
  ownTransaction: true,
})

export const removeBrandLogo = endpoint({
  method: 'DELETE',
  path: '/customers/:id/brand/logo',
  summary: 'The provider’s logo again',
  audience: 'provider',
  params: ofCustomer,
  reply: brand,
})
