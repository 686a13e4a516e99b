import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'
import type { CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

/** `pictures [kit|screens]`: takes the pictures in `docs/pictures` anew, all of them or one kind. */
export async function picturesCommand(args: readonly string[], { out, language }: CommandWorld): Promise<number> {
  if (args.includes('--help')) {
    out(sayCommand(language, 'verb.pictures'))
    return 0
  }
  const child = spawn(process.execPath, [join(ROOT, 'e2e/pictures.ts'), ...args], { stdio: 'inherit' })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0 ? 0 : 1)))
}
