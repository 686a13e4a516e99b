import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { approvers, fieldKinds, taskKinds } from './item.ts'

export { barredFromCatalogue } from './may.ts'
export { type Answer, answersOf, askedFields, type Given } from './form.ts'
export { approvers, automationOf, type Field, fieldKinds, plannedSeconds, said, taskKinds, type Words } from './item.ts'

const text = (longest: number) => z.string().trim().max(longest).default('')
const anyWords = (longest: number) => z.object({ de: text(longest), en: text(longest) })
/** By language, of which at least one is written. */
const words = (longest: number) => anyWords(longest).refine(({ de, en }) => de !== '' || en !== '')
const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .describe('Names it; small letters, digits and hyphens')
const synonyms = z.array(z.string().trim().min(1).max(80)).max(40).default([])

const field = z.object({
  key,
  kind: z.enum(fieldKinds),
  label: words(200),
  purpose: words(400).describe('What the answer is needed for'),
  required: z.boolean().default(false),
  options: z
    .array(z.object({ value: z.string().trim().min(1).max(100), label: words(200) }))
    .max(60)
    .default([])
    .describe('Of a choice, at least two'),
  when: z
    .object({ field: key, is: z.array(z.string().max(100)).min(1).max(60) })
    .nullable()
    .default(null)
    .describe('Asked only where a field before it was answered so; yes and no for yes-no'),
})

const approvalStep = z.object({
  by: z.enum(approvers),
  person: z.uuid().nullable().default(null).describe('Of person'),
  from: z.int().min(0).nullable().default(null).describe('Only from this price on, in the smallest unit'),
})

const plannedTask = z.object({
  kind: z.enum(taskKinds),
  title: words(200),
  team: z.uuid().nullable().default(null).describe('Of people'),
  stage: z.int().min(1).max(20).default(1).describe('Tasks of one stage go on side by side'),
  seconds: z
    .int()
    .min(0)
    .max(366 * 86_400)
    .describe('Service time'),
  uses: z.array(key).max(60).default([]).describe('Keys of the fields that it needs'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null)
    .describe('Of a call: where it is asked for, by HTTPS'),
})

const price = z.object({ amountMinor: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) })
const state = z.enum(['draft', 'published', 'withdrawn'])

export const catalogueItem = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: for every customer'),
  service: named.nullable(),
  sites: z.array(named).describe('None: wherever the customer is'),
  roles: z.array(z.string()).describe('Which of a customer’s people order it; none: all of them'),
  state,
  edition: z.int().describe('The number of the version that holds'),
  name: anyWords(200),
  description: anyWords(4000),
  synonyms: z.object({ de: synonyms, en: synonyms }),
  fields: z.array(field),
  price: price.nullable(),
  withApproval: z.boolean(),
  plannedSeconds: z.int().describe('Service time from the order, or the last approval, to the delivery'),
  inside: z
    .object({
      approval: z.array(approvalStep),
      plan: z.array(plannedTask),
      signed: z.boolean().describe('Calls are signed with a secret'),
    })
    .nullable()
    .describe('How it is decided and done; null for a customer’s eyes'),
  updatedAt: instant,
  version: z.int(),
})
export type CatalogueItem = z.output<typeof catalogueItem>

export const listCatalogueItems = endpoint({
  method: 'GET',
  path: '/catalogue-items',
  summary: 'What can be ordered, by name; by words the best fitting',
  audience: 'signed-in',
  query: z.object({
    ...page,
    q: z.string().max(200).optional(),
    customer: z.string().max(200).optional().describe('Id or name: what its people order'),
    state: state.optional(),
  }),
  reply: pageOf(catalogueItem),
})
export type CatalogueFilter = z.output<typeof listCatalogueItems.query>

export const getCatalogueItem = endpoint({
  method: 'GET',
  path: '/catalogue-items/:id',
  summary: 'One item as it can be ordered now',
  audience: 'signed-in',
  params: byId,
  reply: catalogueItem,
})

const content = {
  name: words(200),
  description: anyWords(4000).default({ de: '', en: '' }),
  synonyms: z.object({ de: synonyms, en: synonyms }).default({ de: [], en: [] }),
  fields: z.array(field).max(60).default([]),
  price: price.nullable().default(null),
  approval: z.array(approvalStep).max(9).default([]),
  plan: z.array(plannedTask).min(1).max(60),
}
const reach = {
  service: z.uuid().nullable().default(null),
  sites: z.array(z.uuid()).max(200).default([]),
  roles: z
    .array(z.enum(['requester', 'customer-stakeholder']))
    .max(2)
    .default([]),
  secret: z.string().min(16).max(200).optional().describe('Signs its calls; never shown again'),
}

export const addCatalogueItem = endpoint({
  method: 'POST',
  path: '/catalogue-items',
  summary: 'A new item; nobody orders it before it is published',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).optional().describe('Id or name; without it for every customer'),
    ...reach,
    ...content,
  }),
  reply: catalogueItem,
  status: 201,
})
export type NewCatalogueItem = z.output<typeof addCatalogueItem.body>

export const changeCatalogueItem = endpoint({
  method: 'PUT',
  path: '/catalogue-items/:id',
  summary: 'Says anew what an item is; what was ordered before keeps what it was ordered by',
  audience: 'provider',
  params: byId,
  body: z.object({ ...reach, ...content }),
  reply: catalogueItem,
  match: true,
})
export type CatalogueItemChange = z.output<typeof changeCatalogueItem.body>

export const transitCatalogueItem = endpoint({
  method: 'POST',
  path: '/catalogue-items/:id/transitions',
  summary: 'Publishes an item or withdraws it; what was ordered goes on',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(['published', 'withdrawn']) }),
  reply: catalogueItem,
})

export const listCatalogueItemVersions = endpoint({
  method: 'GET',
  path: '/catalogue-items/:id/versions',
  summary: 'What an item said from when on, the newest first',
  audience: 'provider',
  params: byId,
  reply: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        number: z.int(),
        name: anyWords(200),
        fields: z.int().describe('How many'),
        tasks: z.int(),
        plannedSeconds: z.int(),
        price: price.nullable(),
        createdAt: instant,
        by: z.string().nullable(),
        requests: z.int().describe('Ordered by it'),
      }),
    ),
  }),
})
