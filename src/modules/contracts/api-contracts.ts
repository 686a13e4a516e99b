import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { contractStates } from './lifecycle.ts'

const customerName = z.string().max(200).describe('Id or name')

const option = z.object({
  name: z.string().trim().min(1).max(120),
  months: z.int().min(1).max(120),
  noticeDays: z.int().min(0).max(3650).describe('Days before the end by which it has to be said'),
  usedOn: localDate.nullable().default(null),
})

const terms = z.object({
  validFrom: localDate,
  endsOn: localDate.nullable().default(null).describe('The first day on which it no longer holds'),
  noticeDays: z.int().min(0).max(3650),
  options: z.array(option).max(20).default([]),
  services: z.array(z.string().max(200)).max(200).default([]).describe('Ids or names; none means all'),
  sites: z.array(z.string().max(200)).max(500).default([]).describe('Ids or names; none means all'),
  governingLaw: z.string().trim().min(1).max(200).nullable().default(null),
  note: z.string().trim().min(1).max(2000).nullable().default(null),
  signedOn: localDate.nullable().default(null),
})

const contractVersion = z.object({
  id: z.uuid(),
  number: z.int(),
  validFrom: localDate,
  validTo: localDate.nullable(),
  endsOn: localDate.nullable(),
  noticeDays: z.int(),
  options: z.array(option),
  services: z.array(named),
  sites: z.array(named),
  governingLaw: z.string().nullable(),
  note: z.string().nullable(),
  signedOn: localDate.nullable(),
})

export const contract = z.object({
  id: z.uuid(),
  customer: named,
  number: z.string().describe('As it stands on the paper'),
  title: z.string(),
  state: z.enum(contractStates),
  currency: z.string(),
  startsOn: localDate,
  endsOn: localDate.nullable().describe('With the options that were used; the first day on which it no longer holds'),
  nextDay: z
    .object({ kind: z.enum(['notice', 'option', 'end']), on: localDate, name: z.string().nullable() })
    .nullable()
    .describe('The next last day on which something can be decided'),
  versions: z.array(contractVersion).describe('The latest first'),
  createdAt: instant,
  version: z.int(),
})
export type Contract = z.output<typeof contract>

export const listContracts = endpoint({
  method: 'GET',
  path: '/contracts',
  summary: 'Contracts with customers, by their title',
  audience: 'signed-in',
  query: z.object({ ...page, customer: customerName.optional(), state: z.enum(contractStates).optional() }),
  reply: pageOf(contract),
})
export type ContractsQuery = z.output<typeof listContracts.query>

export const getContract = endpoint({
  method: 'GET',
  path: '/contracts/:id',
  summary: 'One contract with its versions',
  audience: 'signed-in',
  params: byId,
  reply: contract,
})

export const addContract = endpoint({
  method: 'POST',
  path: '/contracts',
  summary: 'Adds a contract with the terms of its first version',
  audience: 'provider',
  body: z.object({
    customer: customerName,
    number: z.string().trim().min(1).max(60),
    title: z.string().trim().min(1).max(200),
    currency: z.string().regex(/^[A-Z]{3}$/),
    startsOn: localDate,
    terms: terms.omit({ validFrom: true }),
  }),
  reply: contract,
  status: 201,
})
export type NewContract = z.output<typeof addContract.body>

export const addContractVersion = endpoint({
  method: 'POST',
  path: '/contracts/:id/versions',
  summary: 'Writes down what holds from a day on; the version before ends there',
  audience: 'provider',
  params: byId,
  body: terms,
  reply: contract,
  match: true,
})
export type NewContractVersion = z.output<typeof addContractVersion.body>

export const moveContract = endpoint({
  method: 'POST',
  path: '/contracts/:id/transitions',
  summary: 'Moves it on, from pipeline to its end',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(contractStates) }),
  reply: contract,
  match: true,
})

export const contractPrivate = z.object({
  marginTargetBp: z.int().min(-10_000).max(10_000).nullable().describe('Committed margin, in basis points'),
  valueMinor: z.int().nullable().describe('Value over the whole term'),
  note: z.string().max(4000).nullable(),
})
export type ContractPrivate = z.output<typeof contractPrivate>

export const getContractPrivate = endpoint({
  method: 'GET',
  path: '/contracts/:id/private',
  summary: 'What the provider keeps to itself of a contract; for those who answer for its margin',
  audience: 'provider',
  params: byId,
  reply: contractPrivate,
})

export const putContractPrivate = endpoint({
  method: 'PUT',
  path: '/contracts/:id/private',
  summary: 'Says what margin was committed',
  audience: 'provider',
  params: byId,
  body: contractPrivate,
  reply: contractPrivate,
})
