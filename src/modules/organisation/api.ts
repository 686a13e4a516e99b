import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import {
  accent,
  language,
  logoShown,
  matrix,
  organisation,
  passwordLeast,
  resolving,
  timeZone,
  wordsByLanguage,
} from './appearance-api.ts'

export {
  type Appearance,
  getAppearance,
  logoShown,
  matrixLevels,
  matrixPriorities,
  type OwnWords,
  type UsualMatrix,
} from './appearance-api.ts'

/** How many digits numbers can be filled up to. */
export const numberDigits = { least: 1, most: 10 } as const

const numberForm = z.object({
  prefix: z
    .string()
    .regex(/^([A-Z][A-Z0-9]{0,7})?$/)
    .describe('In front of the customer’s key; empty for none'),
  digits: z.int().min(numberDigits.least).max(numberDigits.most).describe('Filled up with zeros to so many'),
})

/** What can be set, each with what holds until somebody says otherwise. */
const terms = {
  organisation,
  address: z.string().trim().max(1000),
  accent,
  language,
  timeZone: timeZone.describe('Of new customers'),
  words: wordsByLanguage,
  matrix,
  resolving,
  numbering: z
    .object({
      incident: numberForm,
      request: numberForm.extend({ prefix: numberForm.shape.prefix.min(1) }).default({ prefix: 'REQ', digits: 4 }),
    })
    .describe('Of what is new; what has a number keeps it'),
  uploadDays: z.int().min(1).max(365).describe('Files that were sent and never imported'),
  answerDays: z.int().min(1).max(90).describe('Answers kept for requests sent twice'),
  auditMonths: z.int().min(12).max(600).nullable().describe('Who did what; null keeps it for good'),
  retention: z
    .boolean()
    .describe(
      'Whether records of persons are made anonymous or taken away when they are old enough; else only counted',
    ),
  worksCouncil: z.boolean().describe('Whether the rules for works councils hold: nobody’s work is watched'),
  passwordLeast,
  idleHours: z.int().min(1).max(168).describe('A session ends without a request for so long'),
  longestDays: z.int().min(1).max(90).describe('A session ends in any case after so long'),
  outgoingNetworks: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .max(50)
    .describe('Networks of our own that webhooks may lead into, as 10.1.0.0/16; without one none'),
}

export const settings = z.object({ ...terms, version: z.int() })
export type Settings = z.output<typeof settings>

export const getSettings = endpoint({
  method: 'GET',
  path: '/settings',
  summary: 'All settings; for administrators and auditors',
  audience: 'provider',
  reply: settings,
})

export const changeSettings = endpoint({
  method: 'PATCH',
  path: '/settings',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  body: z.object(terms).partial(),
  reply: settings,
  match: true,
})
export type SettingsChange = z.output<typeof changeSettings.body>

export const getLogo = endpoint({
  method: 'GET',
  path: '/logo',
  summary: 'The logo, PNG or SVG',
  audience: 'everybody',
  query: z.object({ v: z.string().max(64).optional().describe('So that another one is asked for anew') }),
  reply: z.unknown(),
  bytes: 'reply',
})

/** In bytes. */
export const LARGEST_LOGO = 200_000

export const setLogo = endpoint({
  method: 'PUT',
  path: '/logo',
  summary: 'Takes a PNG or SVG; known by its content. Of an SVG only what is drawing is kept',
  audience: 'provider',
  bytes: 'body',
  reply: logoShown,
  ownTransaction: true,
})

export const setLogoPicture = endpoint({
  method: 'PUT',
  path: '/logo/picture',
  summary: 'A logo that is a drawing as a picture, PNG, for programs that show no drawings',
  audience: 'provider',
  bytes: 'body',
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const removeLogo = endpoint({
  method: 'DELETE',
  path: '/logo',
  summary: 'No logo any more',
  audience: 'provider',
  reply: z.null(),
  status: 204,
})

export const slideMasterShown = z
  .object({ name: z.string().describe('Of the file that was sent'), sha256: z.string() })
  .nullable()
  .describe('Null: slides look as the program makes them')

/** Which file it is called after; what it is is known by its content. */
export const ofFile = z.object({ name: z.string().trim().max(200).default('') })

export const getSlideMaster = endpoint({
  method: 'GET',
  path: '/slide-master',
  summary: 'What the provider’s slides look like',
  audience: 'provider',
  reply: slideMasterShown,
})

export const setSlideMaster = endpoint({
  method: 'PUT',
  path: '/slide-master',
  summary: 'Takes a presentation (PPTX, POTX) whose master slides have from now on, 10 MB at most',
  audience: 'provider',
  query: ofFile,
  bytes: 'body',
  reply: slideMasterShown,
  ownTransaction: true,
})

export const removeSlideMaster = endpoint({
  method: 'DELETE',
  path: '/slide-master',
  summary: 'Slides as the program makes them',
  audience: 'provider',
  reply: z.null(),
  status: 204,
})

export const getRetention = endpoint({
  method: 'GET',
  path: '/retention',
  summary: 'What the next night takes away',
  audience: 'provider',
  reply: z.object({
    next: instant,
    uploads: z.int(),
    answers: z.int(),
    audit: z.int(),
    auditBefore: instant.nullable(),
  }),
  ownTransaction: true,
})

export const finding = z.object({
  code: z.string(),
  standing: z.enum(['fine', 'doubt', 'wrong']),
  sentence: z.string(),
  todo: z.string().nullable().describe('What to do; nothing where all is well'),
})
export type Finding = z.output<typeof finding>

export const getHealth = endpoint({
  method: 'GET',
  path: '/health-report',
  summary: 'How the installation does, and what wants mending',
  audience: 'provider',
  reply: z.object({ at: instant, findings: z.array(finding) }),
  ownTransaction: true,
})

const numbering = z.object({
  id: z.uuid(),
  name: z.string(),
  key: z.string(),
  number: z.int().describe('The next one of its own count'),
  next: z.string().describe('What the next record will be called'),
  used: z.boolean(),
})

export const listNumbering = endpoint({
  method: 'GET',
  path: '/numbering',
  summary: 'How the records of each customer are numbered, by name',
  audience: 'provider',
  reply: z.object({ items: z.array(numbering), nextCursor: z.null() }),
  ownTransaction: true,
})
export type Numbering = z.output<typeof numbering>
