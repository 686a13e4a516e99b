import { runSteps, type StepResult } from './checks/run.ts'
import { type Step, testSteps } from './checks/step.ts'
import { sayCheck } from './checks/text.ts'
import { endTools } from './checks/tool.ts'
import type { CommandWorld } from './command.ts'

/** What a run of steps needs of the command line. */
type Terminal = Pick<CommandWorld, 'out' | 'err' | 'json' | 'language'>

/** `test [--only STEP,STEP]`: all checks and tests. The last line on standard output is `N passed, N failed`. */
export async function testCommand(args: readonly string[], world: Terminal): Promise<number> {
  return runChosen(testSteps, args, { ...world, usage: 'test-usage' })
}

/** Runs the steps that the arguments choose of `all`, and says what came of them. */
export async function runChosen(
  all: readonly Step[],
  args: readonly string[],
  { out, err, json, language, usage }: Terminal & { readonly usage: 'test-usage' | 'check-usage' },
): Promise<number> {
  const names = all.map(({ name }) => name).join(', ')
  if (args.includes('--help')) {
    out(sayCheck(language, usage, { steps: names }))
    return 0
  }
  const only = onlyOf(args)
  const unknown = only?.find((name) => all.every((step) => step.name !== name))
  if (unknown !== undefined) {
    err(sayCheck(language, unknown === '' ? 'only-empty' : 'no-step', { step: unknown, steps: names }))
    return 2
  }
  const steps = all.filter((step) => (only === undefined ? !('long' in step && step.long) : only.includes(step.name)))
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.once(signal, () => {
      err(sayCheck(language, 'interrupted'))
      void endTools(signal).finally(() => process.exit(code))
    })
  }
  const results = await runSteps(steps, { language, err, env: {} })
  const [passed, failed, skipped] = [sum(results, 'passed'), sum(results, 'failed'), sum(results, 'skipped')]
  if (json) out(JSON.stringify({ passed, failed, skipped, steps: results }))
  else out(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed > 0 || passed === 0 ? 1 : 0
}

/** The steps named after `--only`; undefined without it. */
function onlyOf(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='))
  if (at < 0) return undefined
  const given = args[at]?.split('=')[1] ?? args[at + 1] ?? ''
  return given.split(',').map((name) => name.trim())
}

function sum(results: readonly StepResult[], of: 'passed' | 'failed' | 'skipped'): number {
  return results.reduce((total, result) => total + result[of], 0)
}
