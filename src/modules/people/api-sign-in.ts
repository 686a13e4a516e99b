import { z } from 'zod'
import { byId, endpoint, instant, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { personName } from './api-session.ts'

export { changeOwnPerson, getSession, type OwnPersonChange, type Session, session, signOut } from './api-session.ts'

/** Taken in any case, kept in small letters. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.unicodeEmail }))
// What is wrong with a new password is said by the password's own rules; this only bounds the work.
const password = z.string().max(1024)
const secret = z.string().max(200).describe('What follows the # in the link')
const code = z.string().max(100)

const done = z.object({ next: z.literal('done') })

export const linkKind = z.enum(['set-up', 'invitation', 'password-reset'])
export type LinkKind = z.output<typeof linkKind>

export const setUp = endpoint({
  method: 'POST',
  path: '/set-up',
  summary: 'Makes the first administrator, by the link that the start printed, and signs them in',
  audience: 'everybody',
  body: z.object({ token: secret, name: personName, email, password, language: z.enum(languages).default('en') }),
  reply: done,
  ownTransaction: true,
})

export const signIn = endpoint({
  method: 'POST',
  path: '/sign-in',
  summary: 'Signs in; with a second factor set up, that is still to be given',
  audience: 'everybody',
  body: z.object({ email: z.string().trim().toLowerCase().max(254), password }),
  reply: z.object({ next: z.enum(['done', 'second-factor']) }),
  ownTransaction: true,
})

export const giveSecondFactor = endpoint({
  method: 'POST',
  path: '/sign-in/second-factor',
  summary: 'Completes signing in by a one-time code or a recovery code',
  audience: 'everybody',
  body: z.object({ code }),
  reply: done,
  ownTransaction: true,
})

export const inspectLink = endpoint({
  method: 'POST',
  path: '/one-time-links/inspect',
  summary: 'What a link is for; or the sentence that says why it opens nothing',
  audience: 'everybody',
  body: z.object({ token: secret }),
  reply: z.object({ kind: linkKind, email: z.string().nullable(), name: z.string().nullable(), expiresAt: instant }),
  ownTransaction: true,
})

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Chooses a password, by the link of an invitation, and signs in',
  audience: 'everybody',
  body: z.object({
    token: secret,
    name: personName.optional(),
    password,
    language: z.enum(languages).optional().describe('That of the page; as whoever invited said, unless given'),
  }),
  reply: done,
  ownTransaction: true,
})

export const resetPassword = endpoint({
  method: 'POST',
  path: '/password-reset',
  summary: 'Chooses a new password, by a link; ends every session of the person',
  audience: 'everybody',
  body: z.object({ token: secret, password }),
  reply: z.object({ next: z.literal('sign-in') }),
  ownTransaction: true,
})

export const changePassword = endpoint({
  method: 'PUT',
  path: '/password',
  summary: 'Changes one’s own password; ends every other session',
  audience: 'signed-in',
  body: z.object({ current: password, password }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const beginTwoFactor = endpoint({
  method: 'POST',
  path: '/two-factor',
  summary: 'A secret for one-time codes; in force once a code of it is confirmed',
  audience: 'signed-in',
  reply: z.object({
    secret: z.string().describe('Base32, to type in by hand'),
    uri: z.string(),
    qr: z.string().describe('SVG'),
  }),
  status: 201,
  ownTransaction: true,
})

export const confirmTwoFactor = endpoint({
  method: 'POST',
  path: '/two-factor/confirm',
  summary: 'From now on signing in takes a one-time code; answers ten recovery codes, this once',
  audience: 'signed-in',
  body: z.object({ code }),
  reply: z.object({ recoveryCodes: z.array(z.string()) }),
  ownTransaction: true,
})

export const endTwoFactor = endpoint({
  method: 'DELETE',
  path: '/two-factor',
  summary: 'Signing in takes the password only, again',
  audience: 'signed-in',
  body: z.object({ password }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const listSessions = endpoint({
  method: 'GET',
  path: '/sessions',
  summary: 'Where one is signed in, newest first',
  audience: 'signed-in',
  reply: z.object({
    items: z.array(named.extend({ createdAt: instant, lastSeenAt: instant, expiresAt: instant, current: z.boolean() })),
    nextCursor: z.null(),
  }),
  ownTransaction: true,
})

export const endSession = endpoint({
  method: 'DELETE',
  path: '/sessions/:id',
  summary: 'Ends one of one’s own sessions',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const endSessions = endpoint({
  method: 'DELETE',
  path: '/sessions',
  summary: 'Signs out everywhere, here as well',
  audience: 'signed-in',
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const tokenScopes = ['read', 'write', 'calendar'] as const
export type TokenScope = (typeof tokenScopes)[number]

const scopes = z
  .array(z.enum(tokenScopes))
  .max(3)
  .describe('calendar: only what calendar programs read, which `read` opens as well')

export const apiToken = named.extend({
  scopes,
  createdAt: instant,
  lastUsedAt: instant.nullable().describe('To the hour'),
  expiresAt: instant.nullable(),
})
export type ApiToken = z.output<typeof apiToken>

export const listTokens = endpoint({
  method: 'GET',
  path: '/tokens',
  summary: 'One’s own tokens for programs, newest first; not the tokens themselves',
  audience: 'signed-in',
  reply: z.object({ items: z.array(apiToken), nextCursor: z.null() }),
  ownTransaction: true,
})

export const createToken = endpoint({
  method: 'POST',
  path: '/tokens',
  summary: 'A token with which a program acts as oneself; answered this once',
  audience: 'signed-in',
  body: z.object({
    name: z.string().trim().min(1).max(200),
    scopes: scopes.min(1).default(['read', 'write']),
    expiresAt: instant.optional(),
  }),
  reply: apiToken.extend({ token: z.string() }),
  status: 201,
  ownTransaction: true,
})
export type NewToken = z.output<typeof createToken.body>

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/tokens/:id',
  summary: 'The token opens nothing any more',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
