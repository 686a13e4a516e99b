import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** What is kept about the sample company, in the setting `sample`. */
export interface SampleState {
  /** `running` also while it is removed. */
  readonly state: 'none' | 'running' | 'done'
  /** Percent of what runs. */
  readonly progress: number
  /** What it added that belongs to no customer, to be removed with it. */
  readonly services: readonly string[]
  readonly calendars: readonly string[]
  /** From what the company was made: with the same its people are the same. */
  readonly seed: string
  readonly tickets: number
  /** How often tickets were written for it. */
  readonly times: number
}

const nothing: SampleState = {
  state: 'none',
  progress: 100,
  services: [],
  calendars: [],
  seed: '',
  tickets: 0,
  times: 0,
}

export async function readState(db: Db): Promise<SampleState> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'sample').executeTakeFirst()
  return { ...nothing, ...(row?.value as Partial<SampleState> | undefined) }
}

/** Changes what is given. */
export async function changeState(db: Db, change: Partial<SampleState>): Promise<void> {
  await sql`
    insert into setting (name, value) values ('sample', ${JSON.stringify({ ...nothing, ...change })}::jsonb)
    on conflict (name) do update set value = setting.value || ${JSON.stringify(change)}::jsonb, changed_at = now()`.execute(
    db,
  )
}

/** Says that it runs; false when it did already. Of two at the same time one is told so. */
export async function claim(db: Db): Promise<boolean> {
  const running = JSON.stringify({ ...nothing, state: 'running', progress: 0 })
  const { rows } = await sql`
    insert into setting (name, value) values ('sample', ${running}::jsonb)
    on conflict (name) do update
      set value = setting.value || '{"state": "running", "progress": 0}', changed_at = now()
      where setting.value ->> 'state' <> 'running'
    returning name`.execute(db)
  return rows.length > 0
}

export interface CustomerCount {
  readonly all: number
  readonly sample: number
}

export async function countCustomers(db: Db): Promise<CustomerCount> {
  const { rows } = await sql<CustomerCount>`
    select count(*)::int as "all", (count(*) filter (where sample))::int as "sample" from customer`.execute(db)
  return rows[0]!
}
