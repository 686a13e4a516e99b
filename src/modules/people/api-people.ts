import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { personName, timeZone } from './api-session.ts'
import { email } from './api-sign-in.ts'
import { roles } from './role.ts'

const role = z.enum(roles)
const customerRef = z.string().trim().min(1).max(200).describe('Id or name of a customer')

export const roleAssignment = named.extend({
  role,
  customer: named.nullable().describe('Null means all customers'),
  service: named.nullable().describe('Narrowed to this service: says who answers there and opens nothing by itself'),
  site: named.nullable().describe('The same for a site'),
  team: named.nullable().describe('The same for a team; told to the provider’s people'),
  byGroup: z.boolean().describe('Given, and to be taken, by a group of a sign-in provider'),
  validFrom: instant,
  validTo: instant.nullable(),
})
export type RoleAssignment = z.output<typeof roleAssignment>

const accountState = z.enum(['none', 'invited', 'active', 'disabled'])

export const person = named.extend({
  email: z.string().nullable(),
  language: z.enum(languages),
  timeZone: z.string().nullable(),
  customer: named.nullable().describe('Null for the provider’s own people'),
  roles: z.array(roleAssignment).describe('In force or yet to come, as far as the caller may see them'),
  account: accountState
    .nullable()
    .describe('How far they have got with signing in; told to those who invite, null otherwise'),
  twoFactor: z.boolean().nullable(),
  createdAt: instant,
  version: z.int(),
})
export type Person = z.output<typeof person>

export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  summary: 'People that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({
    ...page,
    q: z.string().trim().max(200).optional().describe('In name or address'),
    customer: customerRef.optional(),
    role: role.optional().describe('Who has it now'),
    home: z.enum(['provider']).optional().describe('Only our own people'),
    state: accountState.optional().describe('How far they have got with signing in; for those who are told'),
  }),
  reply: pageOf(person),
  ownTransaction: true,
})
export type PeopleQuery = z.output<typeof listPeople.query>

export const getPerson = endpoint({
  method: 'GET',
  path: '/people/:id',
  summary: 'One person',
  audience: 'signed-in',
  params: byId,
  reply: person,
  ownTransaction: true,
})

export const addPerson = endpoint({
  method: 'POST',
  path: '/people',
  summary: 'A person we know; they cannot sign in by that',
  audience: 'provider',
  body: z.object({
    name: personName,
    email: email.optional(),
    customer: customerRef.optional().describe('Without one they belong to the provider'),
    language: z.enum(languages).optional(),
    timeZone: timeZone.optional(),
  }),
  reply: person,
  status: 201,
})
export type NewPerson = z.output<typeof addPerson.body>

export const changePerson = endpoint({
  method: 'PATCH',
  path: '/people/:id',
  summary: 'Changes what is given, leaves the rest; the address is also what they sign in with',
  audience: 'provider',
  params: byId,
  body: z.object({
    name: personName.optional(),
    email: email.optional(),
    language: z.enum(languages).optional(),
    timeZone: timeZone.nullable().optional(),
  }),
  reply: person,
  match: true,
  ownTransaction: true,
})
export type PersonChange = z.output<typeof changePerson.body>

export const grantRole = endpoint({
  method: 'POST',
  path: '/people/:id/roles',
  summary: 'Gives a role, from now or a later moment on',
  audience: 'provider',
  params: byId,
  body: z.object({
    role,
    customer: customerRef.optional(),
    service: z.uuid().optional(),
    site: z.uuid().optional(),
    team: z.uuid().optional(),
    validFrom: instant.optional(),
    validTo: instant.optional(),
  }),
  reply: roleAssignment,
  status: 201,
})
export type RoleGrant = z.output<typeof grantRole.body>

export const changeRole = endpoint({
  method: 'PATCH',
  path: '/people/:id/roles/:roleId',
  summary: 'Changes from when to when a role holds; one that has begun keeps its beginning',
  audience: 'provider',
  params: z.object({ id: z.uuid(), roleId: z.uuid() }),
  body: z.object({ validFrom: instant.optional(), validTo: instant.nullable().optional() }),
  reply: person,
  ownTransaction: true,
})
export type RoleChange = z.output<typeof changeRole.body>

export const endRole = endpoint({
  method: 'DELETE',
  path: '/people/:id/roles/:roleId',
  summary: 'Ends a role now',
  audience: 'provider',
  params: z.object({ id: z.uuid(), roleId: z.uuid() }),
  reply: person,
  ownTransaction: true,
})

const kindOfRecord = z.enum([
  'customers',
  'sites',
  'services',
  'agreements',
  'incidents',
  'reviews',
  'imports',
  'people',
  'teams',
  'roles',
  'settings',
])

export const accessRule = z.object({
  record: kindOfRecord,
  act: z.enum(['see', 'keep', 'invite', 'give']),
  may: z.boolean(),
  reason: z.string().nullable().describe('The sentence of the rule that says no'),
  by: z.array(z.uuid()).describe('The roles that would be enough for it, each alone'),
  count: z.int().nullable().describe('How many of these the database shows this person; for `see`'),
  of: z.int().nullable().describe('Of how many there are'),
})
export type AccessRule = z.output<typeof accessRule>

export const getAccess = endpoint({
  method: 'GET',
  path: '/people/:id/access',
  summary: 'What somebody may see and do, by which rule and role; counted in their own name',
  audience: 'signed-in',
  params: byId,
  reply: named.extend({
    signsIn: z.boolean().describe('Whether they could sign in now'),
    access: z.enum(['staff', 'limited', 'customer', 'auditor']),
    allCustomers: z.boolean(),
    books: z.enum(['all', 'named']).nullable().describe('What concerns money is in sight and nothing else'),
    customers: z.array(named).describe('Which, unless all'),
    roles: z.array(roleAssignment.extend({ standing: z.enum(['holds', 'later', 'narrowed', 'apart', 'outreached']) })),
    rules: z.array(accessRule),
  }),
  ownTransaction: true,
})
export type Access = z.output<typeof getAccess.reply>

export const disablePerson = endpoint({
  method: 'POST',
  path: '/people/:id/disable',
  summary: 'They cannot sign in any more; what they did stays',
  audience: 'provider',
  params: byId,
  reply: person,
  ownTransaction: true,
})

export const enablePerson = endpoint({
  method: 'POST',
  path: '/people/:id/enable',
  summary: 'They can sign in again',
  audience: 'provider',
  params: byId,
  reply: person,
  ownTransaction: true,
})

export const signOutPerson = endpoint({
  method: 'POST',
  path: '/people/:id/sign-out',
  summary: 'Ends every session of somebody; they may sign in again',
  audience: 'provider',
  params: byId,
  reply: z.object({ ended: z.int() }),
  ownTransaction: true,
})

/** A link for somebody, to be passed on by whoever asked for it. Answered this once. */
export const handedLink = named.extend({ link: z.string(), expiresAt: instant })
export type HandedLink = z.output<typeof handedLink>

export const invite = endpoint({
  method: 'POST',
  path: '/invitations',
  summary: 'Lets somebody sign in, with a role; the link is to be passed on and opens once, within seven days',
  audience: 'provider',
  body: z.object({
    email,
    name: personName.optional().describe('They may correct it; without one it is made from the address'),
    role,
    customer: customerRef.optional(),
    language: z.enum(languages).optional(),
    validTo: instant.optional(),
  }),
  reply: handedLink,
  status: 201,
  ownTransaction: true,
})
export type Invitation = z.output<typeof invite.body>

export const issuePasswordReset = endpoint({
  method: 'POST',
  path: '/people/:id/password-reset',
  summary:
    'A link by which somebody chooses a new password within a day; whoever was only invited gets a new invitation',
  audience: 'provider',
  params: byId,
  reply: handedLink,
  status: 201,
  ownTransaction: true,
})

export const removeTwoFactor = endpoint({
  method: 'DELETE',
  path: '/people/:id/two-factor',
  summary: 'For somebody who lost both the device and the recovery codes; ends their sessions',
  audience: 'provider',
  params: byId,
  reply: person,
  ownTransaction: true,
})

const memberKind = z.enum(['direct', 'virtual', 'on-loan'])
const teamKind = z.enum(['desk', 'field', 'resolver', 'supplier', 'virtual', 'agile'])
const teamCalendar = z.string().max(200).nullable().describe('Id or name of the calendar that it brings along')
const teamName = z.string().trim().min(1).max(200)

export const team = named.extend({
  kind: teamKind,
  members: z.array(named.extend({ kind: memberKind })),
  calendarId: z.uuid().nullable().describe('Hours that it brings along, for agreements that take them'),
  version: z.int(),
})
export type Team = z.output<typeof team>

export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  summary: 'Teams, by name',
  audience: 'provider',
  query: z.object({ ...page, q: z.string().trim().max(200).optional() }),
  reply: pageOf(team),
})

export const getTeam = endpoint({
  method: 'GET',
  path: '/teams/:id',
  summary: 'One team',
  audience: 'provider',
  params: byId,
  reply: team,
})

const members = z.array(z.object({ id: z.uuid(), kind: memberKind.default('direct') })).max(1000)

export const addTeam = endpoint({
  method: 'POST',
  path: '/teams',
  summary: 'A new team; only the name is needed',
  audience: 'provider',
  body: z.object({
    name: teamName,
    kind: teamKind.default('resolver'),
    members: members.default([]),
    calendar: teamCalendar.optional(),
  }),
  reply: team,
  status: 201,
})
export type NewTeam = z.output<typeof addTeam.body>

export const changeTeam = endpoint({
  method: 'PATCH',
  path: '/teams/:id',
  summary: 'Changes what is given, leaves the rest; members are replaced by those given',
  audience: 'provider',
  params: byId,
  body: z.object({
    name: teamName.optional(),
    kind: teamKind.optional(),
    members: members.optional(),
    calendar: teamCalendar.optional(),
  }),
  reply: team,
  match: true,
})
export const removeTeam = endpoint({
  method: 'DELETE',
  path: '/teams/:id',
  summary: 'Removes a team that nothing names: no incident, no role',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
export type TeamChange = z.output<typeof changeTeam.body>
