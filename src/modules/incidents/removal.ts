import type { PoolClient } from 'pg'

/**
 * Removes incidents with their histories and clocks, all or none. Not in a person's name: what happened is not removed,
 * but what was imported by mistake did not happen.
 */
export async function removeIncidents(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query('begin')
  try {
    await client.query("delete from history where subject_id = any($1::uuid[]) and subject_type = 'incident'", [ids])
    await client.query('delete from incident where id = any($1::uuid[])', [ids])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Removes the facts that one import added to these incidents. */
export async function removeFacts(client: PoolClient, importId: string, ids: readonly string[]): Promise<void> {
  await client.query(
    "delete from history where subject_id = any($1::uuid[]) and subject_type = 'incident' and import_id = $2",
    [ids, importId],
  )
  await client.query('select count_holdings_again($1::uuid[])', [ids])
}
