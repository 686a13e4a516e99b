import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { anonymities, caseKinds, caseStates, factors, scales, triggers } from './survey.ts'

export { barredFromAnswers, barredFromSurveying } from './may.ts'
export {
  anonymities,
  type Anonymity,
  type CaseState,
  complaintLifecycle,
  complimentLifecycle,
  factors,
  range,
  type Scale,
  scales,
  scoresOn,
  triggers,
} from './survey.ts'
export {
  type ExperienceGroup,
  type ExperienceReport,
  experienceGroupings,
  type ExperienceGrouping,
  reportExperience,
} from './experience-api.ts'

const customerName = z.string().max(200).describe('Id or name')
const question = z.string().trim().min(1).max(400)

export const survey = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: named.nullable().describe('Null means all customers'),
  trigger: z.enum(triggers),
  scale: z.enum(scales),
  anonymity: z.enum(anonymities),
  question: z.object({ en: question, de: question }).partial().describe('The usual one where it is not given'),
  asksLostTime: z.boolean(),
  asksFactors: z.boolean(),
  everyDays: z.int().nullable(),
  nextOn: localDate.nullable(),
  fatigueDays: z.int(),
  validDays: z.int(),
  createdAt: instant,
  endedAt: instant.nullable(),
  asked: z.int(),
  answered: z.int().nullable().describe('Null while there are so few that it would tell of single people'),
  version: z.int(),
})
export type Survey = z.output<typeof survey>

export const listSurveys = endpoint({
  method: 'GET',
  path: '/surveys',
  summary: 'What people are asked, the newest first',
  audience: 'provider',
  query: z.object({ customer: customerName.optional() }),
  reply: z.object({ items: z.array(survey) }),
})

export const getSurvey = endpoint({
  method: 'GET',
  path: '/surveys/:id',
  summary: 'One survey',
  audience: 'provider',
  params: byId,
  reply: survey,
})

export const addSurvey = endpoint({
  method: 'POST',
  path: '/surveys',
  summary: 'Asks people from now on; how anonymous it is cannot be changed afterwards',
  audience: 'provider',
  body: z.object({
    name: z.string().trim().min(1).max(120),
    customer: customerName.optional(),
    trigger: z.enum(triggers),
    scale: z.enum(scales),
    anonymity: z.enum(anonymities),
    question: z.object({ en: question, de: question }).partial().default({}),
    asksLostTime: z.boolean().default(true),
    asksFactors: z.boolean().default(true),
    everyDays: z.int().min(7).max(366).optional().describe('For periodic ones'),
    fatigueDays: z.int().min(0).max(366).default(14).describe('Nobody is asked more often, by whichever survey'),
    validDays: z.int().min(1).max(366).default(21),
  }),
  reply: survey,
  status: 201,
})
export type NewSurvey = z.output<typeof addSurvey.body>

export const endSurvey = endpoint({
  method: 'POST',
  path: '/surveys/:id/end',
  summary: 'Asks nobody any more; what was answered stays',
  audience: 'provider',
  params: byId,
  reply: survey,
  match: true,
})

export const askNow = endpoint({
  method: 'POST',
  path: '/surveys/:id/rounds',
  summary: 'Asks everybody at the customer now, but for whom was asked lately',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

const surveyLink = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: named,
  site: named.nullable(),
  service: named.nullable(),
  address: z.string(),
  createdAt: instant,
  endedAt: instant.nullable(),
  version: z.int(),
})
export type SurveyLink = z.output<typeof surveyLink>

export const listSurveyLinks = endpoint({
  method: 'GET',
  path: '/surveys/:id/links',
  summary: 'Addresses that everybody may answer at',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(surveyLink) }),
})

export const addSurveyLink = endpoint({
  method: 'POST',
  path: '/surveys/:id/links',
  summary: 'Makes an address for a wall, with a QR code; answers there are anonymous',
  audience: 'provider',
  params: byId,
  body: z.object({
    name: z.string().trim().min(1).max(120),
    customer: customerName.optional().describe('Needed where the survey is for all'),
    site: z.string().max(200).optional(),
    service: z.string().max(200).optional(),
  }),
  reply: surveyLink,
  status: 201,
})
export type NewSurveyLink = z.output<typeof addSurveyLink.body>

export const endSurveyLink = endpoint({
  method: 'POST',
  path: '/survey-links/:id/end',
  summary: 'Takes no answers at this address any more',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const drawSurveyLink = endpoint({
  method: 'GET',
  path: '/survey-links/:id/qr',
  summary: 'The QR code of an address, as SVG',
  audience: 'provider',
  params: byId,
  bytes: 'reply',
  reply: z.any(),
})

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
  customer: customerName.optional(),
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

export const feedbackCase = z.object({
  id: z.uuid(),
  customer: named,
  kind: z.enum(caseKinds),
  text: z.string(),
  state: z.enum(caseStates),
  site: named.nullable(),
  service: named.nullable(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  person: named.nullable(),
  owner: named.nullable().describe('Null for a customer’s eyes'),
  receivedAt: instant,
  acknowledgeDue: instant.nullable(),
  answerDue: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
  findings: z.string().nullable().describe('For the provider’s people alone'),
  answer: z.string().nullable(),
  version: z.int(),
})
export type FeedbackCase = z.output<typeof feedbackCase>

export const listFeedbackCases = endpoint({
  method: 'GET',
  path: '/feedback/cases',
  summary: 'Compliments and complaints, the newest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    kind: z.enum(caseKinds).optional(),
    state: z.enum(['open', 'over']).optional(),
  }),
  reply: pageOf(feedbackCase),
})
export type CasesQuery = z.output<typeof listFeedbackCases.query>

export const getFeedbackCase = endpoint({
  method: 'GET',
  path: '/feedback/cases/:id',
  summary: 'One compliment or complaint',
  audience: 'signed-in',
  params: byId,
  reply: feedbackCase,
})

export const addFeedbackCase = endpoint({
  method: 'POST',
  path: '/feedback/cases',
  summary: 'Praises or complains about the service; a complaint is acknowledged within 2 and answered within 10 days',
  audience: 'signed-in',
  body: z.object({
    customer: customerName.optional().describe('Needed by whoever sees several'),
    kind: z.enum(caseKinds),
    text: z.string().trim().min(1).max(10_000),
    site: z.string().max(200).optional(),
    service: z.string().max(200).optional(),
    incident: z.string().max(200).optional(),
    person: z.uuid().optional().describe('Who said it, where somebody else writes it down'),
  }),
  reply: feedbackCase,
  status: 201,
  ownTransaction: true,
})
export type NewFeedbackCase = z.output<typeof addFeedbackCase.body>

export const moveFeedbackCase = endpoint({
  method: 'POST',
  path: '/feedback/cases/:id/transitions',
  summary: 'Moves it on; an answer needs what is answered',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(caseStates),
    findings: z.string().trim().max(10_000).optional(),
    answer: z.string().trim().min(1).max(10_000).optional(),
    owner: z.uuid().optional(),
  }),
  reply: feedbackCase,
})
export type CaseMove = z.output<typeof moveFeedbackCase.body>
