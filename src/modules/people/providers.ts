import { Failure, invalid } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, require } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { sentence } from '#platform/problem.ts'
import { seal, unseal } from '#platform/seal.ts'
import type { NewProvider, Provider, ProviderChange } from './api-providers.ts'
import { requireCustomer } from './customer-queries.ts'
import { requireAnswering } from './openid.ts'
import { asProgram } from './program.ts'
import {
  deleteProvider,
  groupRolesOf,
  insertProvider,
  listProviderRows,
  lockProvider,
  peopleByProvider,
  type ProviderRow,
  replaceGroupRoles,
  requireProvider,
  signInWays,
  updateProvider,
} from './provider-queries.ts'
import { isCustomersRole } from './role.ts'
import { requireFit } from './roles.ts'

const meanings = { identity_provider_issuer_key: 'provider.name-taken' } as const

/** The client secret in clear; null for a public client. */
export async function secretOfProvider({ id, clientSecret }: ProviderRow): Promise<string | null> {
  return clientSecret === null ? null : unseal(clientSecret, purposeOf(id))
}

function purposeOf(id: string): string {
  return `client secret of ${id}`
}

/** `GET /sign-in/providers`. */
export async function listSignInWays(context: Context) {
  return { items: await asProgram(context, 'read only', ({ db }) => signInWays(db)), nextCursor: null }
}

/** `GET /identity-providers`. */
export async function listProviders(context: Context, redirectUri: string) {
  require(barredFromAdministering(context.actor))
  const items = await asProgram(context, 'read only', async (program) => {
    const rows = await listProviderRows(program.db)
    const counts = await peopleByProvider(program.db)
    const shown: Provider[] = []
    for (const row of rows) shown.push(await providerOf(program, row, redirectUri, counts))
    return shown
  })
  return { items, nextCursor: null, redirectUri }
}

/** `GET /identity-providers/:id`. */
export async function readProvider(context: Context, id: string, redirectUri: string): Promise<Provider> {
  require(barredFromAdministering(context.actor))
  return asProgram(context, 'read only', async (program) =>
    providerOf(program, await requireProvider(program.db, id), redirectUri, await peopleByProvider(program.db)),
  )
}

async function providerOf(
  { db }: Context,
  { clientSecret, createdAt: _createdAt, ...row }: ProviderRow,
  redirectUri: string,
  counts: ReadonlyMap<string, number>,
): Promise<Provider> {
  const groups = await groupRolesOf(db, row.id)
  return { ...row, hasSecret: clientSecret !== null, groups, people: counts.get(row.id) ?? 0, redirectUri }
}

/** `POST /identity-providers`. */
export async function addProvider(
  context: Context,
  { groups, clientSecret, ...terms }: NewProvider,
  redirectUri: string,
): Promise<Provider> {
  require(barredFromAdministering(context.actor))
  const id = newId(context.now.getTime())
  const given = await groupRows(context, id, groups)
  await requireAnswering(terms, clientSecret)
  const sealed = clientSecret === null ? null : await seal(clientSecret, purposeOf(id))
  await asProgram(context, 'read write', async (program) => {
    const row = { ...terms, id, clientSecret: sealed, createdAt: program.now }
    await explaining(meanings, { issuer: terms.issuer }, () => insertProvider(program.db, row))
    await replaceGroupRoles(program.db, id, given)
    await auditProvider(program, 'identity-provider.added', id, { name: terms.name, issuer: terms.issuer })
  })
  return readProvider(context, id, redirectUri)
}

/** `PATCH /identity-providers/:id`. */
export async function changeProvider(
  context: Context,
  id: string,
  version: number,
  { groups, clientSecret, ...terms }: ProviderChange,
  redirectUri: string,
): Promise<Provider> {
  require(barredFromAdministering(context.actor))
  const before = await asProgram(context, 'read only', ({ db }) => requireProvider(db, id))
  const given = groups && (await groupRows(context, id, groups))
  const spoken = ['issuer', 'clientId', 'clientSecret'] as const
  if (spoken.some((field) => ({ ...terms, clientSecret })[field] !== undefined)) {
    const secret = clientSecret === undefined ? await secretOfProvider(before) : clientSecret
    const { name, issuer = before.issuer, clientId = before.clientId } = terms
    await requireAnswering({ name: name ?? before.name, issuer, clientId }, secret)
  }
  const sealed = typeof clientSecret === 'string' ? await seal(clientSecret, purposeOf(id)) : clientSecret
  await asProgram(context, 'read write', async (program) => {
    await lockProvider(program.db, id, version)
    const change = { ...terms, ...(sealed !== undefined && { clientSecret: sealed }) }
    await explaining(meanings, { issuer: terms.issuer ?? before.issuer }, () => updateProvider(program.db, id, change))
    if (given) await replaceGroupRoles(program.db, id, given)
    const fields = [...Object.keys(change), ...(given ? ['groups'] : [])]
    await auditProvider(program, 'identity-provider.changed', id, { fields })
  })
  return readProvider(context, id, redirectUri)
}

/** `DELETE /identity-providers/:id`. */
export async function removeProvider(context: Context, id: string): Promise<null> {
  require(barredFromAdministering(context.actor))
  await asProgram(context, 'read write', async (program) => {
    const { name, issuer } = await lockProvider(program.db, id)
    await deleteProvider(program.db, id, program.now)
    await auditProvider(program, 'identity-provider.removed', id, { name, issuer })
  })
  return null
}

/** The rules as they are kept. Fails for one that could never give its role. */
async function groupRows(context: Context, providerId: string, groups: NewProvider['groups']) {
  const rows = []
  for (const [position, { group, role, customer, validFrom, validTo }] of groups.entries()) {
    const of =
      customer === null ? null : await asProgram(context, 'read only', ({ db }) => requireCustomer(db, customer))
    try {
      requireFit(role, { customerId: of?.id ?? null, homeCustomerId: isCustomersRole(role) ? (of?.id ?? null) : null })
      if (validFrom !== null && validTo !== null && validTo <= validFrom) throw invalid('role.ends-early')
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      throw invalid('provider.group-role', { group, reason: sentence(thrown, context.actor.language) })
    }
    const id = newId(context.now.getTime())
    rows.push({ id, providerId, groupName: group, role, customerId: of?.id ?? null, validFrom, validTo, position })
  }
  return rows
}

async function auditProvider(
  program: Context,
  action: string,
  subjectId: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit(program, { action, subjectType: 'identity-provider', subjectId, facts })
}
