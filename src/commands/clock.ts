import { readFile } from 'node:fs/promises'
import { checkCases, type CasesReport } from '#core/clock-cases.ts'
import { momentText } from '#core/clock-text.ts'
import { explainIncidentClock, getIncident } from '#modules/incidents'
import { system } from '#platform/context.ts'
import { together, transaction } from '#platform/database.ts'
import type { CommandWorld } from './command.ts'
import { withDatabase } from './run.ts'
import { sayCommand } from './text.ts'

/** `clock check FILE…` and `clock explain INCIDENT`. */
export async function clockCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const [what, ...rest] = args
  if (what === 'check' && rest.length > 0 && !rest.some((each) => each.startsWith('--'))) return checkFiles(rest, world)
  if (what === 'explain' && rest.length === 1 && !rest[0]!.startsWith('--')) return explain(rest[0]!, world)
  world.out(sayCommand(world.language, 'clock.usage'))
  return args.includes('--help') ? 0 : 2
}

/** A line for each case that fails, then the sum; 1 when a `core` case fails, 2 when a file holds no cases. */
async function checkFiles(files: readonly string[], { out, err, json, language }: CommandWorld): Promise<number> {
  let [passed, failed, coreFailed, unchecked] = [0, 0, 0, 0]
  const lines: string[] = []
  for (const file of files) {
    const result = await checkedFile(file, language)
    if (typeof result === 'string') {
      err(result)
      return 2
    }
    passed += result.passed
    failed += result.failed
    coreFailed += result.coreFailed
    unchecked += result.unchecked
    lines.push(...result.lines)
  }
  if (json) out(JSON.stringify({ passed, failed, coreFailed, unchecked, lines }))
  else {
    for (const line of lines) out(line)
    out(`${passed} passed, ${failed} failed`)
  }
  return coreFailed > 0 ? 1 : 0
}

/** What became of the cases of a file; in words why it has none. */
async function checkedFile(file: string, language: CommandWorld['language']): Promise<CasesReport | string> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' || code === 'EISDIR' ? code : 'other'
    return sayCommand(language, 'clock.no-file', { file, why, reason: message })
  }
  if (text.trim() === '') return sayCommand(language, 'clock.empty-file', { file })
  try {
    return checkCases(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return sayCommand(language, 'clock.no-json', { file, reason: error.message })
    if (error instanceof RangeError) return sayCommand(language, 'clock.no-cases', { file, reason: error.message })
    throw error
  }
}

async function explain(incidentName: string, { out, err, json, language }: CommandWorld): Promise<number> {
  return withDatabase({ err }, async ({ db }) => {
    const explanations = await transaction(db, { ...system, language }, 'read only', async (tx) => {
      const context = {
        db: tx,
        actor: { ...system, language },
        now: new Date(),
        requestId: 'command',
        listeners: {},
        enqueue: async () => undefined,
      }
      const incident = await getIncident(context, incidentName)
      return together(incident.clocks.map(({ id }) => explainIncidentClock(context, incident.id, id)))
    })
    if (json) out(JSON.stringify({ clocks: explanations }))
    else {
      for (const { clock, agreement, timeZone, steps } of explanations) {
        const { name, number } = agreement
        const words = { metric: clock.metric.replace('-', '_'), state: clock.state.replace('-', '_') }
        out(sayCommand(language, 'clock.head', { ...words, agreement: name, number }))
        for (const { from, to, countedSeconds, elapsedSeconds, sentence } of steps) {
          const [first, last] = [from, to].map((at) =>
            momentText(language, timeZone, at.getTime(), new Date().getUTCFullYear()),
          )
          const stretch = sayCommand(language, 'clock.stretch', { from: first, to: last })
          out(
            `  ${String(countedSeconds).padStart(9)} ${String(elapsedSeconds).padStart(9)}  ${stretch.padEnd(40)} ${sentence}`,
          )
        }
      }
    }
    return 0
  })
}
