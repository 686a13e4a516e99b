import type { Program } from '../e2e/program.ts'

/** A look of so long at what the database does. */
const LOOK_MS = 5000
/** In all, before what it does is measured along. */
const PATIENCE_MS = 10 * 60_000

/** Waits until the database is done with what follows a million rows at once, such as vacuuming them: no day has that. */
export async function atRest(program: Program): Promise<void> {
  const began = performance.now()
  for (let quiet = 0; quiet < 5 && performance.now() - began < PATIENCE_MS;) {
    const before = await program.processorSeconds()
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const after = await program.processorSeconds()
    quiet = after.database - before.database < LOOK_MS / 1000 / 20 ? quiet + 1 : 0
  }
}
