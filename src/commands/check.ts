import { checkSteps } from './checks/step.ts'
import type { CommandWorld } from './command.ts'
import { runChosen } from './test.ts'

/** `check [--only STEP,STEP]`: what `test` does, without a browser. */
export async function checkCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  return runChosen(checkSteps, args, { ...world, usage: 'check-usage' })
}
