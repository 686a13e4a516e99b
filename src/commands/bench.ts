import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'
import type { CommandWorld } from './command.ts'

/** The files of `bench/` and what they measure. A name, once there, keeps its meaning. */
const benches: Readonly<Record<string, string>> = {
  ageing: 'bench/ageing.ts',
  alarms: 'bench/alarms.ts',
  browser: 'bench/browser.ts',
  'calendar-edit': 'bench/calendar-edit.ts',
  clock: 'bench/clock.ts',
  contracts: 'bench/contracts.ts',
  curves: 'bench/curves.ts',
  desk: 'bench/desk.ts',
  import: 'bench/import.ts',
  mail: 'bench/mail.ts',
  'mail-kills': 'bench/mail-kills.ts',
  'mail-raw': 'bench/mail-raw.ts',
  pages: 'bench/pages.ts',
  peers: 'bench/peers.ts',
  portal: 'bench/portal.ts',
  kpis: 'bench/kpis.ts',
  recompute: 'bench/recompute.ts',
  review: 'bench/review.ts',
  sample: 'bench/sample.ts',
  server: 'bench/server.ts',
  soak: 'bench/soak.ts',
  start: 'bench/start.ts',
  status: 'bench/status.ts',
  web: 'bench/web.ts',
  'what-if': 'bench/what-if.ts',
}

/** Only when they are named: they take hours, or a database that is there. */
const LONG = new Set(['ageing', 'soak', 'pages'])

/** `bench [NAME…]`: runs the measurements named, or all; each prints one JSON object a line. `--list` prints the names. */
export async function benchCommand(args: readonly string[], { out, err }: CommandWorld): Promise<number> {
  if (args.includes('--list')) {
    for (const name of Object.keys(benches)) out(name)
    return 0
  }
  const names = args.filter((arg) => !arg.startsWith('-'))
  const unknown = names.find((name) => benches[name] === undefined)
  if (unknown !== undefined) {
    err(`There is no bench ${unknown}: ${Object.keys(benches).join(', ')}`)
    return 2
  }
  let failed = 0
  for (const name of names.length > 0 ? names : Object.keys(benches).filter((each) => !LONG.has(each)))
    failed += await run(benches[name]!)
  return failed > 0 ? 1 : 0
}

async function run(file: string): Promise<number> {
  const child = spawn(process.execPath, ['--expose-gc', join(ROOT, file)], { stdio: 'inherit' })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0 ? 0 : 1)))
}
