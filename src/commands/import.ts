import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { Failure, invalid } from '#core/failure.ts'
import { speaker } from '#core/text.ts'
import {
  type GivenMapping,
  givenMapping,
  importByCommand,
  type ImportCounts,
  remarkFile,
  type Source,
  sources,
} from '#modules/imports'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { importCustomer } from '#platform/exit/import-customer.ts'
import { jsonLog } from '#platform/log.ts'
import { parseInput } from '#platform/problem.ts'
import type { JobWorld } from '#platform/worker.ts'
import de from '../locales/de/commands-import.json' with { type: 'json' }
import en from '../locales/en/commands-import.json' with { type: 'json' }
import type { CommandWorld } from './command.ts'

const say = speaker<keyof typeof en>({ en, de })

interface ImportArguments {
  readonly source: Source
  readonly files: readonly string[]
  readonly customer: string
  readonly timeZone: string | undefined
  readonly dateOrder: 'dmy' | 'mdy' | undefined
  readonly mappingFile: string | undefined
  readonly rejectsFile: string | undefined
  readonly dryRun: boolean
}

/**
 * `import SOURCE FILE… --customer NAME [--timezone ZONE] [--dates dmy|mdy] [--mapping FILE] [--dry-run] [--rejects FILE]`:
 * takes exports in, one after the other, beside a running server or without one. `import plumbline FILE` takes in a customer
 * that another installation wrote by `export`.
 */
export async function importCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { out, err, json, language } = world
  if (args.includes('--help')) {
    out(say(language, 'usage'))
    return 0
  }
  if (args[0] === 'plumbline') {
    const done = await importCustomer(resolve(args[1] ?? ''), world.database)
    out(json ? JSON.stringify(done) : say(language, 'customer-taken-in', { ...done }))
    return 0
  }
  const asked = argumentsOf(args)
  if ('wrong' in asked) {
    err(say(language, asked.wrong, { source: asked.source ?? '' }))
    err(say(language, 'usage'))
    return 2
  }
  const given: ImportArguments = asked
  const rejects = given.rejectsFile === undefined ? undefined : remarkFile(given.rejectsFile, language)
  const mapping = await mappingOf(given, language)
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const results: FileResult[] = []
  try {
    const together = given.source === 'hp-service-manager' ? [given.files] : given.files.map((path) => [path])
    for (const paths of together) results.push(await take(paths))
  } catch (error) {
    if (error instanceof Failure && error.code === 'import.dates-in-doubt') err(say(language, 'dates'))
    throw error
  } finally {
    await rejects?.end()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  const total = results.reduce((sum, { counts }) => added(sum, counts), nothing)
  if (json)
    out(
      JSON.stringify({
        ...total,
        ...(results.length > 1 && { files: results.map(({ path, counts }) => ({ file: path, ...counts })) }),
      }),
    )
  else {
    out(say(language, given.dryRun ? 'tried' : 'done', { ...total }))
    if (total.rejected + total.leftOut > 0)
      out(say(language, 'remarks', { ...total, file: given.rejectsFile ?? '', named: String(rejects !== undefined) }))
  }
  return 0

  async function take(paths: readonly string[]): Promise<FileResult> {
    const path = paths.join(' + ')
    let told = 0
    const { counts } = await importByCommand(jobWorld(world, stopping.signal), {
      paths,
      source: given.source,
      customer: given.customer,
      mapping,
      dryRun: given.dryRun,
      onProgress: ({ phase, share, counts: { rows, tickets } }) => {
        if (performance.now() - told < 2000) return
        told = performance.now()
        err(say(language, phase, { file: paths.map((each) => basename(each)).join(' + '), share, rows, tickets }))
      },
      ...(rejects && { onRemark: rejects.add }),
    })
    if (counts === null) throw new Error(say(language, 'cancelled'))
    return { path, counts }
  }
}

interface FileResult {
  readonly path: string
  readonly counts: ImportCounts
}

const nothing = { rows: 0, tickets: 0, updated: 0, events: 0, rejected: 0, leftOut: 0, seconds: 0 }

function added(sum: typeof nothing, counts: ImportCounts): typeof nothing {
  return {
    rows: sum.rows + counts.rows,
    tickets: sum.tickets + counts.tickets,
    updated: sum.updated + counts.updated,
    events: sum.events + counts.events,
    rejected: sum.rejected + counts.rejected,
    leftOut: sum.leftOut + counts.leftOut,
    seconds: Math.round((sum.seconds + counts.seconds) * 1000) / 1000,
  }
}

interface WrongArguments {
  readonly wrong: 'no-source' | 'unknown-source' | 'no-file' | 'no-customer' | 'wrong-dates' | 'wrong-option'
  readonly source?: string
}

/** Or what is wrong with them. */
function argumentsOf(args: readonly string[]): ImportArguments | WrongArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        customer: { type: 'string' },
        timezone: { type: 'string' },
        dates: { type: 'string' },
        mapping: { type: 'string' },
        rejects: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const [source, ...files] = positionals
    const known = sources.find((each) => each === source)
    const { customer, timezone, dates } = values
    if (source === undefined) return { wrong: 'no-source' }
    if (known === undefined) return { wrong: 'unknown-source', source }
    if (files.length === 0) return { wrong: 'no-file' }
    if (!customer?.trim()) return { wrong: 'no-customer' }
    if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy') return { wrong: 'wrong-dates' }
    return {
      source: known,
      files,
      customer: customer.trim(),
      timeZone: timezone,
      dateOrder: dates,
      mappingFile: values.mapping,
      rejectsFile: values.rejects,
      dryRun: values['dry-run'],
    }
  } catch {
    return { wrong: 'wrong-option' }
  }
}

async function mappingOf(
  { mappingFile, timeZone, dateOrder }: ImportArguments,
  language: CommandWorld['language'],
): Promise<GivenMapping> {
  const told = mappingFile === undefined ? {} : await readMapping(mappingFile, language)
  return { ...told, ...(timeZone !== undefined && { timeZone }), ...(dateOrder !== undefined && { dateOrder }) }
}

async function readMapping(path: string, language: CommandWorld['language']): Promise<GivenMapping> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw invalid('file.not-there', { path })
  })
  try {
    // JSON is YAML.
    return parseInput(givenMapping, parseYaml(text.replace(/^\uFEFF/, '')), language)
  } catch (error) {
    const { issues } = error as {
      issues?: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
    }
    const first = issues?.[0]
    throw invalid('import.mapping-invalid', {
      path,
      first: first ? [first.path.join('.'), first.message].filter(Boolean).join(': ') : (error as Error).message,
    })
  }
}

function jobWorld({ database: { db, pool } }: CommandWorld, signal: AbortSignal): JobWorld {
  const now = () => new Date()
  return {
    db,
    pool,
    now,
    log: jsonLog(),
    signal,
    inTransaction: (work) =>
      transaction(db, system, 'read write', (tx) =>
        // What a new customer or an import sets going here is nothing that anybody waits for.
        work({
          db: tx,
          actor: system,
          now: now(),
          requestId: randomUUID(),
          listeners: {},
          enqueue: async () => undefined,
        }),
      ),
  }
}
