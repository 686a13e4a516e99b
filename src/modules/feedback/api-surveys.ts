import { z } from 'zod'
import { byId, endpoint, instant, localDate, named } from '#core/endpoint.ts'
import { anonymities, scales, triggers } from './survey.ts'

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
