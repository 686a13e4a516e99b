import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { invalid, notFound } from '#core/failure.ts'
import { recomputeClocks } from '#modules/incidents'
import {
  agreementIds,
  calendarIds,
  exportAgreement,
  exportCalendar,
  importAgreement,
  importCalendar,
  onlyOne,
} from '#modules/service-levels'
import { type Db, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { Command, CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

const kinds = {
  agreement: {
    ids: agreementIds,
    export: (db: Db, id: string) => exportAgreement({ db, actor: system }, id),
    import: importAgreement,
  },
  calendar: { ids: calendarIds, export: exportCalendar, import: importCalendar },
} as const

/** `agreement export ID|NAME`, `agreement import FILE`: agreements as files that can be reviewed and kept in git. */
export const agreementCommand: Command = (args, world) => yamlCommand('agreement', args, world)

/** `calendar export ID|NAME`, `calendar import FILE`. */
export const calendarCommand: Command = (args, world) => yamlCommand('calendar', args, world)

async function yamlCommand(kind: keyof typeof kinds, args: readonly string[], world: CommandWorld): Promise<number> {
  const { database, out, json, language } = world
  const [act, what, ...rest] = args
  if (args.includes('--help') || (act !== 'export' && act !== 'import') || what === undefined || rest.length > 0) {
    out(sayCommand(language, 'yaml.usage', { kind }))
    return args.includes('--help') ? 0 : 2
  }
  const { ids, ...does } = kinds[kind]
  if (act === 'export') {
    const id = onlyOne(await ids(database.db, what), what)
    if (id === null) throw notFound(`${kind}.not-found`, { [kind]: what })
    const { text } = await does.export(database.db, id)
    out(json ? JSON.stringify({ id, text }) : text.trimEnd())
    return 0
  }
  const text = await readFile(what, 'utf8').catch(() => {
    throw invalid('file.not-there', { path: what })
  })
  const now = new Date()
  const done = await transaction(database.db, system, 'read write', (db) =>
    does.import(
      {
        db,
        actor: { ...system, language },
        now,
        requestId: randomUUID(),
        listeners: {},
        enqueue: async () => undefined,
      },
      text,
    ),
  )
  if (done.done !== 'unchanged') await recompute(world, now)
  out(json ? JSON.stringify(done) : sayCommand(language, 'yaml.done', { kind, name: done.name, done: done.done }))
  return 0
}

/** What was promised is another thing now: clocks follow at once, since no job of a server hears of it. */
async function recompute({ database: { db, pool } }: CommandWorld, now: Date): Promise<void> {
  const customers = await db.selectFrom('agreementVersion').select('customerId').distinct().execute()
  for (const { customerId } of customers) await recomputeClocks(pool, db, { customerId, now })
}
