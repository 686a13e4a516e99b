import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'

/** Of this program, as `package.json` says it; what it writes for others names it. */
export const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string })
  .version
