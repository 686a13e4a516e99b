import { availableParallelism } from 'node:os'
import type { Language } from '#core/text.ts'
import { ROOT } from '#platform/configuration.ts'
import { checkBoundaries } from './boundaries.ts'
import { checkLicences } from './licences.ts'
import { runProject, type TestProject, type TestTally } from './tests.ts'
import { sayCheck } from './text.ts'
import { LONGEST_MINUTES, runTool } from './tool.ts'

/** What a step needs to know, and what it leaves to those after it. */
export interface StepWorld {
  readonly language: Language
  readonly err: (line: string) => void
  /** For the tests that come later. */
  readonly env: Record<string, string>
}

/** May run beside others. */
export interface CheckStep {
  readonly name: string
  /** What is wrong, or null. */
  readonly check: (world: StepWorld) => Promise<string | null>
}

/** Has the machine to itself, but for those of the same room: they wait more than they work. */
export interface TestStep {
  readonly name: string
  readonly room: string
  readonly tests: (world: StepWorld) => Promise<TestTally>
  /** Senseless once one of these has failed. */
  readonly needs: readonly string[]
  /** Runs only when it is asked for by name. */
  readonly long?: boolean
}

export type Step = CheckStep | TestStep

const SOURCES = ['src', 'web', 'db', 'bench', 'e2e']

/**
 * Processors for each of the two that know types, which run beside each other. Each checker works out again what types it
 * meets: on two processors one takes half of what the four of the compiler's default take (24 and 45 s of processor time).
 */
const CHECKERS = String(Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2))))
const halfOfThem = { GOMAXPROCS: CHECKERS }

/** What can be known without running the program, without a browser. */
const quick: readonly CheckStep[] = [
  { name: 'types', check: checkTypes },
  { name: 'lint', check: tool('oxlint/bin/oxlint', ['--type-aware', ...SOURCES], halfOfThem) },
  { name: 'format', check: tool('oxfmt/bin/oxfmt', ['--check', ...SOURCES]) },
  { name: 'boundaries', check: ({ language }) => checkBoundaries(language) },
  { name: 'unused', check: tool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'licences', check: ({ language }) => checkLicences(language) },
  { name: 'generated', check: checkGenerated },
  { name: 'web', check: buildWeb },
]

const unit: TestStep = { ...testsOf('unit'), room: 'unit', needs: [] }

export const checkSteps: readonly Step[] = [...quick, unit]

export const testSteps: readonly Step[] = [
  // First, because it may have to fetch one while the others work.
  { name: 'browser', check: findBrowser },
  ...quick,
  unit,
  { ...testsOf('e2e'), room: 'browser', needs: ['browser', 'web'] },
  { ...testsOf('screens'), room: 'browser', needs: ['browser', 'web'] },
  { ...testsOf('dialogs'), room: 'browser', needs: ['browser', 'web'], long: true },
  { ...testsOf('fuzz'), room: 'fuzz', needs: [], long: true },
  { ...testsOf('faults'), room: 'faults', needs: ['web'], long: true },
]

function testsOf(name: TestProject): Pick<TestStep, 'name' | 'tests'> {
  return { name, tests: ({ language, env }) => runProject(name, { language, env }) }
}

function tool(script: string, args: readonly string[], env: Record<string, string> = {}): CheckStep['check'] {
  return async ({ language }) => {
    const { succeeded, output, tookTooLong } = await runTool(script, args, { env })
    if (succeeded) return null
    return tookTooLong ? `${output}\n${sayCheck(language, 'took-too-long', { minutes: LONGEST_MINUTES })}` : output
  }
}

async function checkTypes(world: StepWorld): Promise<string | null> {
  const problems: string[] = []
  for (const project of ['src', 'web']) {
    const problem = await tool(
      'typescript/bin/tsc',
      ['-p', project, '--pretty', 'false', '--checkers', CHECKERS],
      halfOfThem,
    )(world)
    if (problem !== null) problems.push(problem)
  }
  return problems.length > 0 ? problems.join('') : null
}

async function checkGenerated({ language }: StepWorld): Promise<string | null> {
  const { staleGeneratedFiles } = await import('../generate.ts')
  const files = await staleGeneratedFiles()
  return files.length > 0 ? sayCheck(language, 'stale', { files: files.join(', ') }) : null
}

async function buildWeb(): Promise<null> {
  const { ensureWebBuilt } = await import('../web-build.ts')
  await ensureWebBuilt(ROOT, () => undefined)
  return null
}

async function findBrowser({ env, err, language }: StepWorld): Promise<null> {
  const { findChromium } = await import('#platform/chromium.ts')
  const { executablePath, env: needed } = await findChromium({ language, log: err })
  Object.assign(env, needed, { CHROMIUM_PATH: executablePath })
  return null
}
