import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '#core/text.ts'
import { sayCheck } from './text.ts'
import { runTool } from './tool.ts'

/** How many tests went how, and what else there is to say. */
export interface TestTally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly problem: string | null
}

/** What Vitest writes about a run, as far as we read it. */
export interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** Some press every button, or hurt everything that runs; each test has a limit of its own. */
const LONGEST_TESTS_MINUTES = 90

/** One of those in `vitest.config.ts`. */
export type TestProject = 'unit' | 'e2e' | 'screens' | 'dialogs' | 'fuzz' | 'faults'

/** Runs the tests of a project; its own words go to standard error as they come. */
export async function runProject(
  project: TestProject,
  { language, env = {} }: { readonly language: Language; readonly env?: Readonly<Record<string, string>> },
): Promise<TestTally> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-report-'))
  const file = join(folder, 'report.json')
  try {
    const { succeeded, tookTooLong } = await runTool(
      'vitest/vitest.mjs',
      ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { shown: true, minutes: LONGEST_TESTS_MINUTES, env },
    )
    const report = await readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as TestReport,
      () => null,
    )
    return tallyOf(report, { succeeded, tookTooLong, language })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Counts the tests of a report. A file that broke before its first test counts as one that failed; so does a run that
 * failed for no test's sake, or in which no test ran.
 */
export function tallyOf(
  report: TestReport | null,
  how: { readonly succeeded: boolean; readonly tookTooLong: boolean; readonly language: Language },
): TestTally {
  const passed = report?.numPassedTests ?? 0
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  const broken = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const counted = (report?.numFailedTests ?? 0) + broken.length
  const ranNothing = passed + counted === 0
  const failed = counted === 0 && (ranNothing || !how.succeeded) ? 1 : counted
  return { passed, failed, skipped, problem: ranNothing ? sayCheck(how.language, 'no-tests') : null }
}
