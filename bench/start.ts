import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median, print, rounded } from './measure.ts'
import { startProgram } from '../e2e/program.ts'

/** From the command to the line that says ready, on an installed clone: first with an empty data folder, then again. */
const ROUNDS = 5
const REST_SECONDS = 5

const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
const seconds: number[] = []
const resident: number[] = []
try {
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now()
    const program = await startProgram({ folder })
    const took = (performance.now() - started) / 1000
    if (round === 0)
      print({
        name: 'start.first',
        value: rounded(took),
        unit: 's',
        samples: 1,
        detail: { includes: 'making the database and a token' },
      })
    else seconds.push(took)
    await sleep(REST_SECONDS * 1000)
    resident.push((await program.residentBytes()) / 1e6)
    await program.stop()
  }
  print({
    name: 'start.again',
    value: rounded(median(seconds)),
    unit: 's',
    samples: ROUNDS,
    detail: { includes: 'making a token', all: seconds.map((each) => rounded(each)) },
  })
  print({
    name: 'start.resident',
    value: rounded(median(resident), 1),
    unit: 'MB',
    samples: resident.length,
    detail: { afterSeconds: REST_SECONDS },
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}
