import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { type Language, languages } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { LogEntry, MajorIncident, UpdateToSend } from './api.ts'
import { currentStates, publicAudiences, type UpdateAudience } from './major-incident.ts'
import { barredFromLeading } from './may.ts'
import { lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'

const MINUTE_MS = 60_000

/** Writes down a hypothesis, what became of one, or a decision. */
export async function logMajorIncident(context: Context, id: string, entry: LogEntry): Promise<{ id: string }> {
  const major = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, major))
  await lockMajorIncident(context.db, id)
  const about = { subjectType: 'major-incident', subjectId: id, customerId: major.customer.id } as const
  const logged = entry.kind === 'finding' ? entry.hypothesis : newId(context.now.getTime())
  if (entry.kind === 'hypothesis') {
    await record(context, {
      ...about,
      kind: 'major-incident.hypothesis',
      facts: { hypothesis: logged, text: entry.text },
    })
  } else if (entry.kind === 'finding') {
    const { hypothesis, standing, text } = entry
    const told = await hypothesisText(context, id, hypothesis)
    await record(context, {
      ...about,
      kind: 'major-incident.finding',
      facts: { hypothesis, standing, text, of: told },
    })
  } else {
    const { text, decidedBy } = entry
    await record(context, { ...about, kind: 'major-incident.decision', facts: { decision: logged, text, decidedBy } })
  }
  await audit(context, { action: `major-incident.${entry.kind}`, ...about })
  await updateMajorIncident(context, id, {})
  return { id: logged }
}

async function hypothesisText({ db }: Context, id: string, hypothesis: string): Promise<string> {
  const rows = await db
    .selectFrom('history')
    .select('facts')
    .where('subjectId', '=', id)
    .where('subjectType', '=', 'major-incident')
    .where('kind', '=', 'major-incident.hypothesis')
    .execute()
  const facts = rows.map((row) => row.facts as { readonly hypothesis?: string; readonly text?: string })
  const found = facts.find((each) => each.hypothesis === hypothesis)
  if (found?.text === undefined) throw notFound('major-incident.hypothesis.not-found')
  return found.text
}

/** Tells audiences how it stands; with it the next update is promised. */
export async function sendUpdate(
  context: Context,
  id: string,
  { audiences, language, text, translation, nextMinutes }: UpdateToSend,
): Promise<{ sentAt: Date; nextUpdateDue: Date | null }> {
  const { now } = context
  const major = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, major))
  const row = await lockMajorIncident(context.db, id)
  requireDeclared(major)
  const runs = (currentStates as readonly string[]).includes(row.state)
  if (!runs && typeof nextMinutes === 'number') throw invalid('major-incident.no-more-updates')
  const minutes = nextMinutes === undefined ? row.updateMinutes : nextMinutes
  const nextUpdateDue = runs && minutes !== null ? new Date(now.getTime() + minutes * MINUTE_MS) : null
  const about = { subjectType: 'major-incident', subjectId: id, customerId: major.customer.id } as const
  const said = [{ language, text }]
  if (translation !== undefined) said.push({ language: otherThan(language), text: translation })
  await record(
    context,
    ...[...new Set(audiences)].flatMap((audience) =>
      said.map((words) => ({
        ...about,
        kind: 'major-incident.update' as const,
        facts: { audience, ...words, nextDue: nextUpdateDue },
        visibility: isPublic(audience) ? ('public' as const) : ('internal' as const),
      })),
    ),
  )
  const spoken = said.map((words) => words.language)
  await audit(context, { action: 'major-incident.update', ...about, facts: { audiences, languages: spoken } })
  await updateMajorIncident(context, id, { nextUpdateDue })
  return { sentAt: now, nextUpdateDue }
}

function otherThan(language: Language): Language {
  return languages.find((each) => each !== language)!
}

function isPublic(audience: UpdateAudience): boolean {
  return (publicAudiences as readonly UpdateAudience[]).includes(audience)
}

/** Nobody is told of what was only considered. */
function requireDeclared({ declaredAt }: MajorIncident): void {
  if (declaredAt === null) throw refused('major-incident.not-declared')
}
