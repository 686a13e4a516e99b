import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '#core/text.ts'
import { ROOT } from '#platform/configuration.ts'
import { sayCheck } from './text.ts'

/** What we may use (decision 0012): permissive, and for fonts and data what gives them away as freely. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Of what only tests use, unchanged and not shipped. */
const FOR_TESTS = new Set(['MPL-2.0'])

/** A dependency as `package-lock.json` has it. */
export interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
}

/** Whether an expression of SPDX leaves us a way: one side of an «or», both of an «and». */
function isFree(expression: string, isForTests: boolean): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  if (bare.includes(' OR ')) return bare.split(' OR ').some((each) => isFree(each.trim(), isForTests))
  return bare.split(' AND ').every((each) => PERMISSIVE.has(each.trim()) || (isForTests && FOR_TESTS.has(each.trim())))
}

/** The dependencies that we may not use, `name@version: licence`, sorted; one without a licence is none that we may. */
export function unfree(packages: Readonly<Record<string, Locked>>): readonly string[] {
  return Object.entries(packages)
    .filter(([path, { license = '', dev = false }]) => path !== '' && !isFree(license, dev))
    .map(([path, { version, license }]) => `${path.replace(/^.*node_modules\//, '')}@${version}: ${license ?? '–'}`)
    .toSorted()
}

/** What is wrong with the licences of what we depend on; null when nothing is. */
export async function checkLicences(language: Language): Promise<string | null> {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>
  }
  const found = unfree(packages)
  return found.length === 0 ? null : sayCheck(language, 'licence-unfree', { packages: found.join(', ') })
}
