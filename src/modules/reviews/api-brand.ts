import { z } from 'zod'
import { ofFile, slideMasterShown } from '#api/organisation'
import { endpoint } from '#core/endpoint.ts'

const ofCustomer = z.object({ id: z.uuid().describe('Of the customer') })

const brand = z.object({
  accent: z.string().nullable().describe('`#rrggbb`; null: the provider’s'),
  logo: z.boolean().describe('Whether documents for this customer carry a logo of its own'),
  slideMaster: slideMasterShown,
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

export const setBrandLogoPicture = endpoint({
  method: 'PUT',
  path: '/customers/:id/brand/logo/picture',
  summary: 'A customer’s logo that is a drawing as a picture, PNG, for programs that show no drawings',
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

export const getBrandLogo = endpoint({
  method: 'GET',
  path: '/customers/:id/brand/logo',
  summary: 'The logo on documents for a customer, where it has one of its own',
  audience: 'provider',
  params: ofCustomer,
  query: z.object({ v: z.string().max(64).optional().describe('So that another one is asked for anew') }),
  reply: z.unknown(),
  bytes: 'reply',
})

export const setBrandSlides = endpoint({
  method: 'PUT',
  path: '/customers/:id/brand/slides',
  summary: 'A presentation (PPTX, POTX) whose master slides for a customer have, 10 MB at most',
  audience: 'provider',
  params: ofCustomer,
  query: ofFile,
  bytes: 'body',
  reply: brand,
  ownTransaction: true,
})

export const removeBrandSlides = endpoint({
  method: 'DELETE',
  path: '/customers/:id/brand/slides',
  summary: 'Slides as for other customers',
  audience: 'provider',
  params: ofCustomer,
  reply: brand,
})
