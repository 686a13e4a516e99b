import { z } from 'zod'
import { byId, endpoint, instant, month, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { editions, reportKinds, reviewFacts } from './facts.ts'

export * from './api-brand.ts'
export * from './api-compose.ts'
export * from './api-schedules.ts'
export { barredFromIssuing, barredFromMaking, barredFromMakingAny } from './may.ts'
export {
  editions,
  type Edition,
  type FactDifference,
  ownReports,
  type ReportKind,
  reportKinds,
  type ReviewFacts,
} from './facts.ts'
export { factDifferences } from './facts-difference.ts'

export const formats = ['pptx', 'pdf', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** How a fact felt, or why that is not known. */
export const felt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('said'), text: z.string().min(1).max(600), from: z.string().max(120) }),
  z.object({ kind: z.literal('none'), why: z.string().min(1).max(600) }),
])

const reviewDocument = z.object({
  file: z.string().describe('As in the document’s address: review.de.pptx'),
  language: z.enum(languages),
  format: z.enum(formats),
  bytes: z.int(),
  sha256: z.string(),
})

export const review = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  month,
  version: z.int().describe('Of this customer’s month; a correction is a new one'),
  edition: z.enum(editions),
  report: z.enum(reportKinds).describe('R01 is the service review'),
  lockId: z.uuid().nullable().describe('Editions of one data lock share it'),
  lockChecksum: z.string().nullable().describe('SHA-256 of everything that was read in the lock'),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress: z.int().min(0).max(100),
  checksum: z.string().nullable().describe('SHA-256 of the facts: the same data gives the same'),
  lockedAt: instant.nullable(),
  issuedAt: instant.nullable().describe('From here on the customer may read it'),
  createdAt: instant,
  failure: z.string().nullable().describe('Why it could not be made, in words'),
  documents: z.array(reviewDocument),
})
export type Review = z.output<typeof review>

export const listReviews = endpoint({
  method: 'GET',
  path: '/reviews',
  summary: 'Service reviews that the caller may see, the latest month and version first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional().describe('Id or name'),
    month: month.optional(),
  }),
  reply: pageOf(review),
})

export const getReview = endpoint({
  method: 'GET',
  path: '/reviews/:id',
  summary: 'One service review with its frozen facts',
  audience: 'signed-in',
  params: byId,
  reply: review.extend({ facts: reviewFacts.nullable() }),
})
export type ReviewWithFacts = z.output<typeof getReview.reply>

export const getReviewStory = endpoint({
  method: 'GET',
  path: '/reviews/:id/story',
  summary: 'The story of a service review as its documents tell it: each claim with the figure it stands on',
  audience: 'signed-in',
  params: byId,
  query: z.object({ language: z.enum(languages).optional().describe('The caller’s own unless given') }),
  reply: z.object({
    language: z.enum(languages),
    headline: z.string(),
    claims: z.array(
      z.object({
        tone: z.enum(['miss', 'soon', 'met', 'plain']),
        text: z.string(),
        evidence: z.array(z.string()).describe('Numbers, and whether they are news'),
        figure: z.string().describe('Where the figure is, in words'),
        felt,
      }),
    ),
    ask: z.string().nullable().describe('What is to be decided; null: for information'),
    perception: z.object({ text: z.string(), why: z.string() }).describe('How it felt, or that nobody was asked'),
  }),
})
export type ReviewStory = z.output<typeof getReviewStory.reply>

const pageOfReview = z.object({ id: z.uuid(), language: z.enum(languages) })

export const getReviewPages = endpoint({
  method: 'GET',
  path: '/reviews/:id/pages/:language',
  summary:
    'How many pages its document has, each to be seen as a picture; none where it was made before they were kept',
  audience: 'signed-in',
  params: pageOfReview,
  reply: z.object({ count: z.int() }),
})

export const getReviewPage = endpoint({
  method: 'GET',
  path: '/reviews/:id/pages/:language/:number',
  summary: 'A page of its document as a picture, as it prints; the first is 1',
  audience: 'signed-in',
  params: pageOfReview.extend({ number: z.coerce.number().int().min(1).max(1000) }),
  query: z.object({ v: z.string().max(40).optional().describe('So that one that was drawn again is asked for anew') }),
  reply: z.any(),
  bytes: 'reply',
})

export const makeReview = endpoint({
  method: 'POST',
  path: '/reviews',
  summary: 'Makes a new version of a month’s service review in the background',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).describe('Id or name'),
    month,
    edition: z
      .enum(editions)
      .optional()
      .describe('For the customer unless given; of reports about ourselves there is the internal one alone'),
    editions: z
      .array(z.enum(editions))
      .min(1)
      .max(3)
      .optional()
      .describe('Several of one data lock; the reply is the first of them'),
    report: z.enum(reportKinds).default('R01'),
  }),
  reply: review,
  status: 202,
})
export type ReviewOrder = z.input<typeof makeReview.body>

export const issueReview = endpoint({
  method: 'POST',
  path: '/reviews/:id/issue',
  summary: 'Lets the customer read it; issuing twice changes nothing',
  audience: 'provider',
  params: byId,
  reply: review,
})

export const getReviewDocument = endpoint({
  method: 'GET',
  path: '/reviews/:id/documents/:file',
  summary: 'A document of a service review, as it was made',
  audience: 'signed-in',
  params: z.object({ id: z.uuid(), file: z.string().max(100).describe('As review.de.pptx') }),
  reply: z.any(),
  bytes: 'reply',
  // Who takes a document is written down, which a GET's own transaction would not allow.
  ownTransaction: true,
})
