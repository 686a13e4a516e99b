import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { articleAudiences, articleStates } from './article.ts'

export { articleAudiences, articleLifecycle, articleStates, type ArticleState } from './article.ts'

const title = z.string().trim().min(1).max(400)
const text = z.string().max(200_000)
const audience = z.enum(articleAudiences)

export const articleLine = z.object({
  id: z.uuid(),
  title,
  language: z.enum(languages),
  audience,
  customer: named.nullable().describe('Whose people alone read it'),
  state: z.enum(articleStates),
  knownError: z.boolean().describe('What is wrong is known and not mended yet; it says what helps until then'),
  source: z
    .object({ id: z.uuid(), title, language: z.enum(languages), behind: z.boolean() })
    .nullable()
    .describe(
      'The article that it says in another language, `behind` what that one says by now; null when it says none',
    ),
  owner: named.nullable().describe('Null for a customer’s people'),
  reviewDue: localDate.nullable(),
  used: z.int().describe('How often its readers opened it'),
  helpful: z.int(),
  unhelpful: z.int(),
  updatedAt: instant,
  version: z.int(),
})
export type ArticleLine = z.output<typeof articleLine>

export const article = articleLine.extend({
  text: text.describe('Markdown'),
  translations: z
    .array(z.object({ id: z.uuid(), language: z.enum(languages), state: z.enum(articleStates), behind: z.boolean() }))
    .describe('Articles that say this one in another language'),
})
export type Article = z.output<typeof article>

export const listArticles = endpoint({
  method: 'GET',
  path: '/articles',
  summary: 'Articles that the caller may read: by words the best fitting first, else the last changed',
  audience: 'signed-in',
  query: z.object({
    ...page,
    q: z.string().max(400).optional().describe('Words in title or text, in German and English; any of them'),
    within: z.enum(['title']).optional().describe('The words are those of a title, looked for in titles'),
    state: z.enum(articleStates).optional(),
    customer: z
      .string()
      .max(200)
      .optional()
      .describe('Id or name: what is for this customer’s people, and for everybody'),
  }),
  reply: pageOf(articleLine),
})
export type ArticleFilter = z.output<typeof listArticles.query>

export const getArticle = endpoint({
  method: 'GET',
  path: '/articles/:id',
  summary: 'One article',
  audience: 'signed-in',
  params: byId,
  reply: article,
})

export const addArticle = endpoint({
  method: 'POST',
  path: '/articles',
  summary: 'A draft, written anew, made from an incident, or to be put into another language',
  audience: 'provider',
  body: z.union([
    z.object({
      title,
      text: text.default(''),
      language: z.enum(languages),
      audience: audience.default('agent'),
      customer: z.string().max(200).optional(),
      knownError: z.boolean().default(false),
    }),
    z.object({
      source: z.uuid().describe('The article that it is to say: its words to begin with, for whom that one is'),
      language: z.enum(languages),
    }),
    z.object({
      incident: z.string().max(200).describe('Id or number: its title, description and resolution, for its customer'),
      language: z.enum(languages),
    }),
  ]),
  reply: article,
  status: 201,
})
export type NewArticle = z.output<typeof addArticle.body>

export const changeArticle = endpoint({
  method: 'PATCH',
  path: '/articles/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      title,
      text,
      language: z.enum(languages),
      audience,
      customer: z.string().max(200).nullable(),
      reviewDue: localDate.nullable(),
      knownError: z.boolean(),
      upToDate: z.literal(true).describe('It says what its source says now'),
    })
    .partial(),
  reply: article,
  match: true,
})
export type ArticleChange = z.output<typeof changeArticle.body>

export const transitArticle = endpoint({
  method: 'POST',
  path: '/articles/:id/transitions',
  summary: 'Moves an article to another state; published, it is to be reviewed after a year unless it says otherwise',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(articleStates) }),
  reply: article,
})

export const openArticle = endpoint({
  method: 'POST',
  path: '/articles/:id/uses',
  summary: 'Says that the article was opened by somebody it is for',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const voteOnArticle = endpoint({
  method: 'POST',
  path: '/articles/:id/votes',
  summary: 'Whether it helped; who says it again changes what they said',
  audience: 'signed-in',
  params: byId,
  body: z.object({ helpful: z.boolean() }),
  reply: article,
  ownTransaction: true,
})

const ofIncident = z.object({ id: z.string().max(200).describe('Id or number of the incident') })
const helped = z.object({
  items: z.array(z.object({ id: z.uuid(), title: z.string(), state: z.enum(articleStates), knownError: z.boolean() })),
})

export const listHelpfulArticles = endpoint({
  method: 'GET',
  path: '/incidents/:id/articles',
  summary: 'Articles that helped to resolve an incident',
  audience: 'provider',
  params: ofIncident,
  reply: helped,
})

export const sayArticleHelped = endpoint({
  method: 'PUT',
  path: '/incidents/:id/articles/:article',
  summary: 'Says that a published article helped to resolve an incident; saying it again changes nothing',
  audience: 'provider',
  params: ofIncident.extend({ article: z.uuid() }),
  reply: helped,
})

export const takeBackArticleHelped = endpoint({
  method: 'DELETE',
  path: '/incidents/:id/articles/:article',
  summary: 'Takes back that an article helped',
  audience: 'provider',
  params: ofIncident.extend({ article: z.uuid() }),
  reply: helped,
})
