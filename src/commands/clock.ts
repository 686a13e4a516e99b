import { readFile } from 'node:fs/promises'
import { checkCases, type CasesReport } from '#core/clock-cases.ts'
import { momentText } from '#core/clock-text.ts'
import { Failure, notFound } from '#core/failure.ts'
import { explainIncidentClock, getIncident } from '#modules/incidents'
import { explainRequest } from '#modules/requests'
import { type Context, system } from '#platform/context.ts'
import { together, transaction } from '#platform/database.ts'
import type { CommandWorld } from './command.ts'
import { withDatabase } from './run.ts'
import { sayCommand } from './text.ts'

/** `clock check FILE…` and `clock explain RECORD`, of an incident or an order. */
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

async function explain(name: string, { out, err, json, language }: CommandWorld): Promise<number> {
  return withDatabase({ err }, async ({ db }) => {
    const clocks = await transaction(db, { ...system, language }, 'read only', (tx) =>
      explainedClocks(
        {
          db: tx,
          actor: { ...system, language },
          now: new Date(),
          requestId: 'command',
          listeners: {},
          enqueue: async () => undefined,
        },
        name,
      ),
    )
    if (json) out(JSON.stringify({ clocks }))
    else for (const clock of clocks) for (const line of linesOf(clock, language)) out(line)
    return 0
  })
}

/** A clock of an incident or the promise of an order, as it is explained. */
type Explained = Awaited<ReturnType<typeof explainIncidentClock | typeof explainRequest>>

/** Of an incident all clocks, of an order its promise; of a name that neither has, throws with both in the sentence. */
async function explainedClocks(context: Context, name: string): Promise<readonly Explained[]> {
  const incident = await found(getIncident(context, name))
  if (incident !== null) {
    return together(incident.clocks.map(({ id }) => explainIncidentClock(context, incident.id, id)))
  }
  const order = await found(explainRequest(context, name))
  if (order === null) throw notFound('clock-record.not-found', { record: name })
  return [order]
}

async function found<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return null
    throw error
  }
}

function linesOf(explained: Explained, language: CommandWorld['language']): string[] {
  const { agreement, timeZone, steps } = explained
  // Nothing was promised for the order.
  if (agreement === null || timeZone === null) return [explained.summary]
  const { metric, state } = 'clock' in explained ? explained.clock : { metric: 'fulfilment', state: explained.state }
  const words = { metric: metric.replace('-', '_'), state: state.replace('-', '_') }
  const moment = (at: Date) => momentText(language, timeZone, at.getTime(), new Date().getUTCFullYear())
  return [
    sayCommand(language, 'clock.head', { ...words, agreement: agreement.name, number: agreement.number }),
    ...steps.map(({ from, to, countedSeconds, elapsedSeconds, sentence }) => {
      const stretch = sayCommand(language, 'clock.stretch', { from: moment(from), to: moment(to) })
      const [counted, sum] = [countedSeconds, elapsedSeconds].map((seconds) => String(seconds).padStart(9))
      return `  ${counted} ${sum}  ${stretch.padEnd(40)} ${sentence}`
    }),
  ]
}
