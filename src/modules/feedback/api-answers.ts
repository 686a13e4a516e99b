import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { anonymities, factors, scales } from './survey.ts'

const key = z.string().min(1).max(100)
const score = z.int().min(0).max(10)
const details = {
  lostMinutes: z.int().min(0).max(100_000).optional().describe('Work time that was lost, as who answers puts it'),
  factors: z.array(z.enum(factors)).max(factors.length).default([]),
  text: z.string().trim().max(4000).default(''),
  mayQuote: z.boolean().default(false),
  followUpWanted: z.boolean().default(false).describe('Only where who answers is known'),
}

export const inspectSurvey = endpoint({
  method: 'POST',
  path: '/survey-answers/inspect',
  summary: 'What is asked behind an address; looking uses nothing up',
  audience: 'everybody',
  body: z.object({ key }),
  reply: z.object({
    customer: z.string(),
    place: z.string().nullable(),
    about: z.object({ number: z.string(), title: z.string() }).nullable(),
    scale: z.enum(scales),
    anonymity: z.enum(anonymities),
    question: z.string().nullable().describe('Null for the usual one'),
    language: z.enum(languages),
    asksLostTime: z.boolean(),
    asksFactors: z.boolean(),
    answered: z.boolean(),
  }),
  ownTransaction: true,
  unnamed: true,
})
export type Inspected = z.output<typeof inspectSurvey.reply>

export const answerSurvey = endpoint({
  method: 'POST',
  path: '/survey-answers',
  summary: 'Answers behind an address, once',
  audience: 'everybody',
  body: z.object({
    key,
    score,
    language: z.enum(languages).optional(),
    sending: z
      .string()
      .min(8)
      .max(100)
      .optional()
      .describe('Made up when the page was opened: sent twice, it counts once'),
    ...details,
  }),
  reply: z.object({ more: z.boolean().describe('Whether something may still be added') }),
  ownTransaction: true,
  unnamed: true,
})
export type GivenAnswer = z.output<typeof answerSurvey.body>

export const addToAnswer = endpoint({
  method: 'POST',
  path: '/survey-answers/details',
  summary: 'Adds, once, to a score that was given by one click',
  audience: 'everybody',
  body: z.object({ key, ...details }),
  reply: z.object({ more: z.boolean() }),
  ownTransaction: true,
  unnamed: true,
})
export type Details = Omit<z.output<typeof addToAnswer.body>, 'key'>

export const listOwnInvitations = endpoint({
  method: 'GET',
  path: '/survey-invitations',
  summary: 'What whoever is signed in is asked and has not answered',
  audience: 'signed-in',
  reply: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        scale: z.enum(scales),
        anonymity: z.enum(anonymities),
        question: z.string().nullable(),
        about: z.object({ number: z.string(), title: z.string() }).nullable(),
        asksLostTime: z.boolean(),
        asksFactors: z.boolean(),
        expiresAt: instant,
      }),
    ),
  }),
  ownTransaction: true,
})

export const answerOwnInvitation = endpoint({
  method: 'POST',
  path: '/survey-invitations/:id/answer',
  summary: 'Answers what one was asked',
  audience: 'signed-in',
  params: byId,
  body: z.object({ score, ...details }),
  reply: z.object({ more: z.boolean() }),
  ownTransaction: true,
})

const answerRow = z.object({
  id: z.uuid(),
  survey: named,
  customer: named,
  site: named.nullable(),
  service: named.nullable(),
  month,
  scale: z.enum(scales),
  score: z.int(),
  lostMinutes: z.int().nullable(),
  factors: z.array(z.enum(factors)),
  text: z.string().nullable(),
  mayQuote: z.boolean(),
  person: named.nullable(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  answeredAt: instant.nullable(),
  followUpWanted: z.boolean(),
})
export type AnswerRow = z.output<typeof answerRow>

const slice = {
  customer: z.string().max(200).optional().describe('Id or name'),
  from: localDate.optional().describe('First day of a month'),
  to: localDate.optional().describe('First day of the month after the last'),
  site: z.uuid().optional(),
  service: z.uuid().optional(),
}

export const listIdentifiedAnswers = endpoint({
  method: 'GET',
  path: '/feedback/answers',
  summary: 'Answers of people who knew that it is seen who answers, the latest first',
  audience: 'provider',
  query: z.object({ ...page, ...slice, followUp: z.stringbool().optional().describe('Who wants to hear of it') }),
  reply: pageOf(answerRow),
})
export type AnswersQuery = z.output<typeof listIdentifiedAnswers.query>

const verbatim = z.object({
  id: z.uuid(),
  month,
  customer: named,
  site: named.nullable(),
  service: named.nullable(),
  scale: z.enum(scales),
  score: z.int(),
  text: z.string(),
  language: z.enum(languages),
  mayQuote: z.boolean(),
})
export type Verbatim = z.output<typeof verbatim>

export const listVerbatims = endpoint({
  method: 'GET',
  path: '/feedback/verbatims',
  summary: 'What people wrote, where enough answered that nobody is found out; a customer reads what may be quoted',
  audience: 'signed-in',
  query: z.object(slice),
  reply: z.object({
    items: z.array(verbatim),
    hidden: z.boolean().describe('So few answered that what they wrote would tell who they are'),
    truncated: z.boolean(),
  }),
})
export type SliceQuery = z.output<typeof listVerbatims.query>
