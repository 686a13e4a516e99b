import { mkdir, rm } from 'node:fs/promises'
import { configurationOf } from '#platform/configuration.ts'
import { connect, type Database } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { inWorkspace } from '#platform/workspace.ts'
import {
  type KnownWorkspace,
  listWorkspaces,
  makeWorkspace,
  removeWorkspace,
  requireWorkspaceName,
} from '#platform/workspaces.ts'
import { notFound } from '#core/failure.ts'
import { speaker } from '#core/text.ts'
import de from '../locales/de/workspace.json' with { type: 'json' }
import en from '../locales/en/workspace.json' with { type: 'json' }
import { backupCommand } from './backup.ts'
import type { CommandWorld } from './command.ts'
import { openAddress } from './database-address.ts'
import { restoreCommand } from './restore.ts'
import { outsideProblem } from './outside-problem.ts'
import { withDatabase } from './run.ts'

const say = speaker<keyof typeof en>({ en, de })

type Deed = (world: CommandWorld, names: readonly string[]) => Promise<number>

/** What can be done, and with how many names and files it is said. */
const deeds: Readonly<Record<string, { readonly run: Deed; readonly words: readonly [least: number, most: number] }>> =
  {
    create: { run: create, words: [1, 1] },
    list: { run: list, words: [0, 0] },
    upgrade: { run: upgrade, words: [0, Infinity] },
    export: { run: exportOne, words: [2, 2] },
    import: { run: importOne, words: [2, 2] },
    remove: { run: remove, words: [1, 3] },
  }

/**
 * `workspace create NAME`, `list`, `upgrade [NAME…]`, `export NAME FILE`, `import NAME FILE`, `remove NAME --yes NAME`: several
 * installations in one database, each in a schema of its own.
 */
export async function workspaceCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { out, err, language } = world
  const [what = '', ...words] = args
  const deed = Object.hasOwn(deeds, what) ? deeds[what] : undefined
  if (args.includes('--help')) {
    out(say(language, 'usage'))
    return 0
  }
  if (deed === undefined || words.length < deed.words[0] || words.length > deed.words[1]) {
    err(say(language, 'usage'))
    return 2
  }
  // Whoever makes workspaces is in none.
  delete process.env['PLUMBLINE_WORKSPACE']
  return deed.run(world, words)
}

/** What the environment says within a workspace. */
function within(name: string) {
  return configurationOf({ ...process.env, PLUMBLINE_WORKSPACE: name })
}

/** Brings a workspace to this version, and says in how many steps. */
async function migrateIn(url: string, name: string): Promise<number> {
  const { db, close } = connect(inWorkspace(url, name), { connections: 1 })
  try {
    return (await migrate(db)).length
  } finally {
    await close()
  }
}

async function create(world: CommandWorld, [name = '']: readonly string[]): Promise<number> {
  return asOwner(world, async ({ pool }, url) => {
    const password = await makeWorkspace(pool, name, async () => void (await migrateIn(url, name)))
    await mkdir(within(name).dataFolder, { recursive: true, mode: 0o700 })
    return tellMade(world, name, { url, password })
  })
}

interface Made {
  readonly url: string
  readonly password: string
}

function tellMade({ out, json, language }: CommandWorld, name: string, { url, password }: Made): number {
  const user = requireWorkspaceName(name).owner
  const given = process.env['DATABASE_URL']
  const address = given ? url.replace(/^(\w+:\/\/)(?:[^@/]*@)?/, `$1${user}:${password}@`) : null
  if (json) out(JSON.stringify({ workspace: name, address, folder: within(name).dataFolder }))
  else {
    out(say(language, 'made', { name }))
    out(say(language, address === null ? 'start-embedded' : 'start', { name, address: address ?? '' }))
  }
  return 0
}

async function list(world: CommandWorld): Promise<number> {
  const { out, json, language } = world
  return asOwner(world, async ({ pool }) => {
    const all = await listWorkspaces(pool)
    if (json) out(JSON.stringify({ workspaces: all }))
    else if (all.length === 0) out(say(language, 'none'))
    else for (const each of all) out(say(language, 'line', { ...each, megabytes: Math.ceil(each.bytes / 1e6) }))
    return 0
  })
}

/** One after the other; one that fails is told of and does not keep the others from it. */
async function upgrade(world: CommandWorld, names: readonly string[]): Promise<number> {
  const { out, err, json, language } = world
  return asOwner(world, async ({ pool }, url) => {
    const all = await listWorkspaces(pool)
    const chosen = names.length === 0 ? all : names.map((name) => requireThere(all, name))
    const told: { workspace: string; steps: number; failed: string | null }[] = []
    for (const { name } of chosen) {
      const done = await migrateIn(url, name).then(
        (steps) => ({ steps, failed: null }),
        (error: unknown) => ({ steps: 0, failed: outsideProblem(error, language) ?? String(error) }),
      )
      told.push({ workspace: name, ...done })
      if (!json) {
        if (done.failed === null) out(say(language, 'upgraded', { name, steps: done.steps }))
        else err(say(language, 'not-upgraded', { name, reason: done.failed }))
      }
    }
    if (json) out(JSON.stringify({ workspaces: told }))
    return told.every(({ failed }) => failed === null) ? 0 : 1
  })
}

function requireThere(all: readonly KnownWorkspace[], name: string): KnownWorkspace {
  const found = all.find((each) => each.name === name)
  if (found === undefined) throw notFound('workspace.not-found', { name })
  return found
}

/** A backup of it, which comes back as a workspace (`import`) or as an installation of its own (`restore`). */
async function exportOne(world: CommandWorld, [name = '', file = '']: readonly string[]): Promise<number> {
  await asOwner(world, async ({ pool }) => void requireThere(await listWorkspaces(pool), name))
  process.env['PLUMBLINE_WORKSPACE'] = name
  return withDatabase(world, (database, url) => backupCommand([file], { ...world, database, url }))
}

/** Makes a workspace of a backup: of another workspace, or of an installation. */
async function importOne(world: CommandWorld, [name = '', file = '']: readonly string[]): Promise<number> {
  return asOwner(world, async ({ pool }, url) => {
    const lines: string[] = []
    const password = await makeWorkspace(pool, name, async () => {
      process.env['PLUMBLINE_WORKSPACE'] = name
      await restoreCommand([file], { ...world, out: (line) => void lines.push(line) })
    })
    if (!world.json) for (const line of lines) world.out(line)
    return tellMade(world, name, { url, password })
  })
}

async function remove(world: CommandWorld, words: readonly string[]): Promise<number> {
  const { out, err, json, language } = world
  const [name = '', option, again] = words
  if (option !== '--yes' || again !== name) {
    err(say(language, 'remove-how', { name }))
    return 2
  }
  return asOwner(world, async ({ pool }) => {
    await removeWorkspace(pool, name)
    await rm(within(name).dataFolder, { recursive: true, force: true })
    out(json ? JSON.stringify({ workspace: name, removed: true }) : say(language, 'removed', { name }))
    return 0
  })
}

/** As whoever owns the database, which is not brought to any version by that: it need hold no installation of its own. */
async function asOwner<Result>(
  { err }: CommandWorld,
  work: (database: Database, url: string) => Promise<Result>,
): Promise<Result> {
  const { url, leave } = await openAddress(configurationOf(process.env), err)
  const database = connect(url, { connections: 2 })
  try {
    return await work(database, url)
  } finally {
    await database.close()
    await leave()
  }
}
