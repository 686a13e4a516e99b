import { randomBytes } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { invalid, notFound, refused } from '#core/failure.ts'
import type { Access } from '#platform/context.ts'
import { knownMigrations } from '#platform/migrations.ts'
import { EXTENSIONS, isWorkspaceName, type Workspace, workspaceNamed } from '#platform/workspace.ts'

/*
 * Workspaces are made and removed by whoever owns the database. What is done in one is done as its own role, which has no
 * rights in any other.
 */

const ACCESSES: readonly Access[] = ['system', 'staff', 'limited', 'customer', 'auditor']
/** One is made at a time: they share the schema of extensions. */
const MAKING = 'plumbline workspaces'

/** The roles of a workspace, its owner last. */
function rolesOf({ role, owner }: Workspace): readonly string[] {
  return [...ACCESSES.map(role), owner]
}

/** Throws when nothing of ours can be called so. */
export function requireWorkspaceName(name: string): Workspace {
  if (!isWorkspaceName(name)) throw invalid('workspace.name', { name })
  return workspaceNamed(name)
}

/**
 * Makes a workspace and has it filled: its roles, its schemas, and whatever `fill` puts into them. What was made is taken back
 * when that fails.
 *
 * @param fill Brings tables into it, as by `migrate` or a restore.
 * @returns The password of its own role, with which its program can come in and reach nothing else.
 */
export async function makeWorkspace(pool: Pool, name: string, fill: () => Promise<void>): Promise<string> {
  const workspace = requireWorkspaceName(name)
  const password = randomBytes(24).toString('base64url')
  await inTransaction(pool, (client) => prepare(client, workspace, password))
  try {
    await fill()
    await pool.query(`alter role ${workspace.owner} nocreaterole`)
  } catch (error) {
    await dropWorkspace(pool, workspace)
    throw error
  }
  return password
}

async function prepare(client: PoolClient, workspace: Workspace, password: string): Promise<void> {
  const { owner, queue, name } = workspace
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [MAKING])
  const { rows } = await client.query<{ there: boolean }>(
    'select exists (select from pg_roles where rolname = $1) or to_regnamespace($1) is not null as there',
    [owner],
  )
  if (rows[0]!.there) throw refused('workspace.there', { name })
  await prepareExtensions(client)
  // The first migration makes roles where there are none: without the right to it would not even find that they are there.
  await client.query(`create role ${owner} login createrole password '${password}'`)
  await client.query(`grant ${owner} to current_user`)
  for (const access of ACCESSES) {
    await client.query(`create role ${workspace.role(access)} nologin`)
    await client.query(`grant ${workspace.role(access)} to ${owner}`)
  }
  for (const schema of [owner, queue]) await client.query(`create schema ${schema} authorization ${owner}`)
  // So that a backup comes back whatever refers to what; only a superuser can grant it, and without it restore says so.
  await ifAllowed(client, `grant set on parameter session_replication_role to ${owner}`)
}

/** What is once in a database and not in each schema: extensions, and what the planner may know of enums (0013_leakproof.sql). */
async function prepareExtensions(client: PoolClient): Promise<void> {
  await client.query(`create schema if not exists ${EXTENSIONS}; grant usage on schema ${EXTENSIONS} to public`)
  for (const extension of ['pg_trgm', 'btree_gist']) {
    const { rows } = await client.query<{ schema: string }>(
      'select nspname as schema from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = $1',
      [extension],
    )
    if (rows.length === 0) await client.query(`create extension ${extension} schema ${EXTENSIONS}`)
    else if (rows[0]!.schema !== EXTENSIONS) await client.query(`alter extension ${extension} set schema ${EXTENSIONS}`)
  }
  // An installation beside the workspaces, there already or still to come, finds them by the path of the database.
  await client.query(`do $$ begin
    execute format('alter database %I set search_path = "$user", public, ${EXTENSIONS}', current_database());
  end $$`)
  await ifAllowed(client, 'alter function pg_catalog.enum_eq(anyenum, anyenum) leakproof')
}

async function ifAllowed(client: PoolClient, statement: string): Promise<void> {
  await client.query('savepoint allowed')
  await client.query(statement).catch(async (error: { readonly code?: string }) => {
    await client.query('rollback to savepoint allowed')
    if (error.code !== '42501') throw error
  })
}

/** A workspace as it is told of. */
export interface KnownWorkspace {
  readonly name: string
  /** Of its tables and its queue, in bytes. */
  readonly bytes: number
  /** Migrations that have not run in it. */
  readonly pending: number
  /** Connections of its programs. */
  readonly connections: number
}

/** Workspaces of a database by name. */
export async function listWorkspaces(pool: Pool): Promise<readonly KnownWorkspace[]> {
  const { rows } = await pool.query<Omit<KnownWorkspace, 'pending'>>(`
    select substr(nspname, 11) as name,
      (select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint from pg_class c
        where c.relkind = 'r' and c.relnamespace in (n.oid, to_regnamespace(n.nspname || '_jobs'))) as bytes,
      (select count(*)::int from pg_stat_activity where datname = current_database()
        and application_name like 'plumbline% ' || substr(nspname, 11)) as connections
    from pg_namespace n where nspname ~ '^plumbline_[a-z0-9]+$' and nspname <> '${EXTENSIONS}'
      and to_regclass(nspname || '.migration') is not null
    order by 1`)
  const files = await knownMigrations()
  const known: KnownWorkspace[] = []
  for (const row of rows) {
    const done = await pool.query<{ name: string }>(`select name from ${workspaceNamed(row.name).owner}.migration`)
    const names = new Set(done.rows.map((each) => each.name))
    known.push({ ...row, pending: files.filter((file) => !names.has(file)).length })
  }
  return known
}

/** Refuses when there is none of that name, or programs work with it. */
export async function removeWorkspace(pool: Pool, name: string): Promise<void> {
  const workspace = requireWorkspaceName(name)
  const found = (await listWorkspaces(pool)).find((each) => each.name === name)
  if (found === undefined) throw notFound('workspace.not-found', { name })
  if (found.connections > 0) throw refused('workspace.in-use', { name, connections: found.connections })
  await dropWorkspace(pool, workspace)
}

async function dropWorkspace(pool: Pool, workspace: Workspace): Promise<void> {
  const { owner, queue } = workspace
  await inTransaction(pool, async (client) => {
    for (const schema of [queue, owner]) await client.query(`drop schema if exists ${schema} cascade`)
    for (const role of rolesOf(workspace)) await client.query(`drop owned by ${role}; drop role ${role}`)
  })
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await work(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
