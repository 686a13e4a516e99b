import { z } from 'zod'
import { endpoint, instant, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { roles } from './role.ts'

// A file of its own, because every page needs it and nothing else of signing in: it is in the first load of the browser.

export const personName = z.string().trim().min(1).max(200)
export const timeZone = z.string().min(1).max(64).describe('IANA name, as Europe/Berlin')

export const session = z.object({
  signedIn: z.boolean(),
  setUpNeeded: z.boolean().describe('Nobody can administer yet: the set-up link is waiting'),
  person: named
    .extend({ email: z.string().nullable(), language: z.enum(languages), timeZone: z.string().nullable() })
    .nullable(),
  access: z
    .enum(['staff', 'limited', 'customer', 'auditor'])
    .nullable()
    .describe('All customers, some, a customer’s own view, or reading everything'),
  roles: z.array(z.object({ role: z.enum(roles), customer: named.nullable(), validTo: instant.nullable() })),
  counting: z
    .array(z.string())
    .describe('Names of the roles that hold for all that is in sight: what may be done is decided by these'),
  customers: z.array(named).describe('In scope, for limited and customer access; otherwise empty'),
  books: z
    .enum(['all', 'named'])
    .optional()
    .describe('Sees of customers what concerns money alone: of all, or of those named'),
  twoFactor: z.boolean(),
  recoveryCodesLeft: z.int(),
  organisation: z.string().nullable(),
})
export type Session = z.output<typeof session>

export const getSession = endpoint({
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in, and what they may see',
  audience: 'everybody',
  reply: session,
  ownTransaction: true,
})

export const changeOwnPerson = endpoint({
  method: 'PATCH',
  path: '/session/person',
  summary: 'Changes one’s own name, language or time zone',
  audience: 'signed-in',
  body: z.object({
    name: personName.optional(),
    language: z.enum(languages).optional(),
    timeZone: timeZone.nullable().optional(),
  }),
  reply: session,
  ownTransaction: true,
})
export type OwnPersonChange = z.output<typeof changeOwnPerson.body>

export const signOut = endpoint({
  method: 'POST',
  path: '/sign-out',
  summary: 'Ends the session',
  audience: 'everybody',
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
