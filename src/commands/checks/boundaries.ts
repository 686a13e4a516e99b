import { glob } from 'node:fs/promises'
import type { Language } from '#core/text.ts'
import { ROOT } from '#platform/configuration.ts'
import { sayCheck } from './text.ts'
import { runTool } from './tool.ts'

/** What dependency-cruiser reports, as far as we read it. */
export interface CruiseReport {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string; readonly severity: string }
    }[]
  }
}

/** What is wrong with who imports whom; null when nothing is. */
export async function checkBoundaries(language: Language): Promise<string | null> {
  const { output, stdout, succeeded } = await runTool('dependency-cruiser/bin/dependency-cruiser.mjs', [
    'src',
    'web',
    'db',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ])
  const report = reportOf(stdout)
  if (report === null) return output
  const files = await Array.fromAsync(glob('src/**/*.ts', { cwd: ROOT }))
  const problems = problemsOf(report, { files, language })
  if (problems !== null) return problems
  return succeeded ? null : output
}

function reportOf(text: string): CruiseReport | null {
  try {
    return JSON.parse(text) as CruiseReport
  } catch {
    return null
  }
}

/**
 * Without a parser that it knows, dependency-cruiser sees no module or no import and finds nothing wrong. So it has to
 * have seen each of `files`, and an import in most of them.
 */
export function problemsOf(
  { modules, summary }: CruiseReport,
  { files, language }: { readonly files: readonly string[]; readonly language: Language },
): string | null {
  const importing = modules.filter(({ dependencies }) => dependencies.length > 0)
  const seen = new Set(modules.map(({ source }) => source))
  const missing = files.filter((file) => !seen.has(file))
  if (missing.length > 0 || importing.length * 2 < files.length) {
    const known = Math.min(files.length - missing.length, importing.length)
    const example = missing[0] ?? files.find((file) => !importing.some(({ source }) => source === file)) ?? ''
    return sayCheck(language, 'boundaries-blind', { seen: known, files: files.length, missing: example })
  }
  const crossed = summary.violations.filter(({ rule }) => rule.severity === 'error')
  if (crossed.length === 0) return null
  return crossed
    .map(({ from, to, rule }) => sayCheck(language, 'boundary-crossed', { rule: rule.name, from, to }))
    .join('\n')
}
