import { z } from 'zod'
import { byId, endpoint, instant, named } from '#core/endpoint.ts'
import { roles } from './role.ts'

const customerRef = z.string().trim().min(1).max(200).describe('Id or name of a customer')

export const listSignInWays = endpoint({
  method: 'GET',
  path: '/sign-in/providers',
  summary: 'Who else vouches for people here: a button each on the page for signing in',
  audience: 'everybody',
  reply: z.object({ items: z.array(named), nextCursor: z.null() }),
  ownTransaction: true,
})

export const beginIdentity = endpoint({
  method: 'POST',
  path: '/sign-in/provider',
  summary: 'Begins to sign in at a provider (OpenID Connect); answers the address to go to',
  audience: 'everybody',
  body: z.object({
    provider: z.uuid(),
    next: z.string().max(2000).optional().describe('Path within the program to go on to'),
    connect: z.boolean().default(false).describe('Joins the identity to the account that is signed in'),
  }),
  reply: z.object({ address: z.string() }),
  ownTransaction: true,
})

export const endIdentity = endpoint({
  method: 'POST',
  path: '/sign-in/provider/return',
  summary: 'Completes signing in, by what the provider sent the browser back with',
  audience: 'everybody',
  body: z.object({
    parameters: z.string().max(8000).describe('What follows the ? of the address that the browser came back to'),
  }),
  reply: z.object({
    next: z.enum(['done', 'second-factor']),
    to: z.string().nullable().describe('Where one wanted to go'),
    connected: z.boolean(),
  }),
  ownTransaction: true,
})

export const identity = named.extend({
  email: z.string().nullable().describe('As the provider told it'),
  createdAt: instant,
  lastUsedAt: instant,
})
export type Identity = z.output<typeof identity>

export const listIdentities = endpoint({
  method: 'GET',
  path: '/identities',
  summary: 'Providers by which one signs in oneself',
  audience: 'signed-in',
  reply: z.object({ items: z.array(identity), nextCursor: z.null() }),
  ownTransaction: true,
})

export const disconnectIdentity = endpoint({
  method: 'DELETE',
  path: '/identities/:id',
  summary: 'That provider does not sign one in any more',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

const text = (most: number) => z.string().trim().min(1).max(most)

const group = z.object({
  group: text(300).describe('As the provider writes it in the claim'),
  role: z.enum(roles),
  customer: customerRef.nullable().default(null),
  validFrom: instant.nullable().default(null),
  validTo: instant.nullable().default(null),
})

/** What of a provider is set by an administrator. */
const terms = {
  name: text(100),
  issuer: text(500).describe('Address; its discovery document is looked for under it'),
  clientId: text(300),
  scopes: text(500),
  groupsClaim: text(200),
  makesAccounts: z.boolean(),
  joinsByEmail: z.boolean(),
  takesRoles: z.boolean(),
  endsAccounts: z.boolean(),
  endsAfterDays: z.int().min(1).max(3650).nullable(),
  enabled: z.boolean(),
}

export const provider = named.extend({
  ...terms,
  hasSecret: z.boolean(),
  groups: z.array(group.extend({ customer: named.nullable() })),
  people: z.int().describe('How many sign in by it'),
  redirectUri: z.string().describe('What to tell the provider where it sends people back to'),
  version: z.int(),
})
export type Provider = z.output<typeof provider>

export const listProviders = endpoint({
  method: 'GET',
  path: '/identity-providers',
  summary: 'Sign-in providers with their rules',
  audience: 'provider',
  reply: z.object({ items: z.array(provider), nextCursor: z.null(), redirectUri: z.string() }),
  ownTransaction: true,
})

export const getProvider = endpoint({
  method: 'GET',
  path: '/identity-providers/:id',
  summary: 'One sign-in provider',
  audience: 'provider',
  params: byId,
  reply: provider,
  ownTransaction: true,
})

const groups = z.array(group).max(500)
const clientSecret = z.string().trim().min(1).max(1000).nullable().describe('Null for a public client; never answered')

export const addProvider = endpoint({
  method: 'POST',
  path: '/identity-providers',
  summary: 'A new sign-in provider; it is asked who it is before it is kept',
  audience: 'provider',
  body: z.object({
    name: terms.name,
    issuer: terms.issuer,
    clientId: terms.clientId,
    clientSecret: clientSecret.default(null),
    scopes: terms.scopes.default('openid profile email'),
    groupsClaim: terms.groupsClaim.default('groups'),
    makesAccounts: terms.makesAccounts.default(true),
    joinsByEmail: terms.joinsByEmail.default(false),
    takesRoles: terms.takesRoles.default(true),
    endsAccounts: terms.endsAccounts.default(false),
    endsAfterDays: terms.endsAfterDays.default(null),
    enabled: terms.enabled.default(true),
    groups: groups.default([]),
  }),
  reply: provider,
  status: 201,
  ownTransaction: true,
})
export type NewProvider = z.output<typeof addProvider.body>

export const changeProvider = endpoint({
  method: 'PATCH',
  path: '/identity-providers/:id',
  summary: 'Changes what is given, leaves the rest; groups are replaced by those given',
  audience: 'provider',
  params: byId,
  body: z.object({ ...terms, clientSecret, groups }).partial(),
  reply: provider,
  match: true,
  ownTransaction: true,
})
export type ProviderChange = z.output<typeof changeProvider.body>

export const removeProvider = endpoint({
  method: 'DELETE',
  path: '/identity-providers/:id',
  summary: 'Nobody signs in by it any more; roles that its groups gave end, accounts stay',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
