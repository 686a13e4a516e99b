import { availableParallelism } from 'node:os'
import type { CheckStep, Step, StepWorld, TestStep } from './step.ts'
import { sayCheck } from './text.ts'

/** How one step ended. A check is one; tests are as many as there are. */
export interface StepResult {
  readonly step: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}

/** At most this many checks at once: more would only wait for each other and for memory. */
const AT_ONCE = Math.max(1, Math.min(availableParallelism(), 3))

/** Runs all steps, whatever comes of each: the checks beside each other, then the tests one room after the other. */
export async function runSteps(steps: readonly Step[], world: StepWorld): Promise<readonly StepResult[]> {
  const results = new Map<string, StepResult>()
  const waiting = steps.filter((step) => 'check' in step)
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.set(step.name, await runCheck(step, world))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const rooms = Map.groupBy(
    steps.filter((one) => 'tests' in one),
    ({ room }) => room,
  )
  for (const beside of rooms.values()) {
    const test = async (step: TestStep) => {
      const because = step.needs.find((name) => (results.get(name)?.failed ?? 0) > 0)
      results.set(step.name, because === undefined ? await runTests(step, world) : skip(step, because, world))
    }
    await Promise.all(beside.map(test))
  }
  return steps.flatMap(({ name }) => results.get(name) ?? [])
}

async function runCheck({ name, check }: CheckStep, world: StepWorld): Promise<StepResult> {
  const began = performance.now()
  const problem = await check(world).catch(explained)
  const seconds = secondsSince(began)
  world.err(sayCheck(world.language, problem === null ? 'step-passed' : 'step-failed', { step: name, seconds }))
  if (problem !== null) world.err(problem.trim())
  return { step: name, passed: problem === null ? 1 : 0, failed: problem === null ? 0 : 1, skipped: 0, seconds }
}

async function runTests({ name, tests }: TestStep, world: StepWorld): Promise<StepResult> {
  const began = performance.now()
  const { passed, failed, skipped, problem } = await tests(world).catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    problem: explained(error),
  }))
  const seconds = secondsSince(began)
  world.err(sayCheck(world.language, failed === 0 ? 'step-tests' : 'step-failed', { step: name, passed, seconds }))
  if (problem !== null) world.err(problem)
  return { step: name, passed, failed, skipped, seconds }
}

function skip({ name }: TestStep, because: string, { err, language }: StepWorld): StepResult {
  err(sayCheck(language, 'step-skipped', { step: name, because }))
  return { step: name, passed: 0, failed: 0, skipped: 1, seconds: 0 }
}

function explained(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** To a tenth. */
function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10
}
