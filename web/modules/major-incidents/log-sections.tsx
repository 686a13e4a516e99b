import { useQuery } from '@tanstack/react-query'
import * as api from '#api/major-incidents'
import { barredFromLeading, type LogEntry, type MajorIncidentPage, type TimelineEntry } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { majorTimelineQuery, useChanged } from './queries.ts'
import { wordsOf } from './timeline-facts.ts'
import { zoneOf } from './words.ts'
import classes from './room.module.css'

interface SectionProps {
  readonly major: MajorIncidentPage
}

const shape = { open: 'none', stands: 'soon', refuted: 'met' } as const

/** What it might be, and what became of each thought. */
export function Hypotheses({ major }: SectionProps) {
  const t = useText()
  const send = useLog(major)
  const { data } = useQuery(majorTimelineQuery(major.id))
  const may = barredFromLeading(useAsker(), major) === null
  const items = data?.items ?? []
  const told = items.filter(({ kind }) => kind === 'major-incident.hypothesis')
  return (
    <Section title={t('major-incidents.hypotheses')}>
      {told.length === 0 && <p className="pl-quiet">{t('major-incidents.hypotheses-none')}</p>}
      <ul className={classes.log}>
        {told.map(({ id, facts }) => {
          const hypothesis = wordsOf(facts['hypothesis'])
          const standing = standingIn(items, hypothesis)
          return (
            <li key={id}>
              <State is={shape[standing]}>{t(`major-incidents.standing.${standing}`)}</State>
              <span data-over={standing === 'refuted' || undefined}>{wordsOf(facts['text'])}</span>
              {may && (
                <span className={classes.small}>
                  {(['stands', 'refuted', 'open'] as const)
                    .filter((each) => each !== standing)
                    .map((each) => (
                      <TextButton
                        key={each}
                        onClick={() => void send({ kind: 'finding', hypothesis, standing: each, text: '' })}
                      >
                        {t(`major-incidents.finding.${each}`)}
                      </TextButton>
                    ))}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {may && (
        <OneLine
          label={t('major-incidents.hypothesis-new')}
          action={t('major-incidents.note-it')}
          send={(text) => send({ kind: 'hypothesis', text })}
        />
      )}
    </Section>
  )
}

/** What was last said of it. */
function standingIn(items: readonly TimelineEntry[], hypothesis: string): keyof typeof shape {
  const last = items.findLast(
    ({ kind, facts }) => kind === 'major-incident.finding' && facts['hypothesis'] === hypothesis,
  )
  const standing = wordsOf(last?.facts['standing'])
  return standing === 'stands' || standing === 'refuted' ? standing : 'open'
}

/** What was decided, by whom and when. */
export function Decisions({ major }: SectionProps) {
  const t = useText()
  const format = useFormat()
  const send = useLog(major)
  const { data } = useQuery(majorTimelineQuery(major.id))
  const may = barredFromLeading(useAsker(), major) === null
  const told = (data?.items ?? []).filter(({ kind }) => kind === 'major-incident.decision')
  return (
    <Section title={t('major-incidents.decisions')}>
      {told.length === 0 && <p className="pl-quiet">{t('major-incidents.decisions-none')}</p>}
      <ul className={classes.log}>
        {told.map(({ id, at, actor, facts }) => (
          <li key={id}>
            <time className="pl-quiet pl-number" dateTime={at.toISOString()}>
              {format.time(at, zoneOf(major))}
            </time>
            <span>{wordsOf(facts['text'])}</span>
            <span className="pl-quiet pl-small">{wordsOf(facts['decidedBy']) || actor}</span>
          </li>
        ))}
      </ul>
      {may && (
        <OneLine
          label={t('major-incidents.decision-new')}
          action={t('major-incidents.note-it')}
          send={(text) => send({ kind: 'decision', text, decidedBy: '' })}
        />
      )}
    </Section>
  )
}

interface OneLineProps {
  readonly label: string
  readonly action: string
  readonly send: (text: string) => Promise<void>
}

/** One line to type, Enter to note it; then the next. */
function OneLine({ label, action, send }: OneLineProps) {
  const t = useText()
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('major-incidents.words-needed') }) }),
    submit: async ({ text }) => {
      await send(text.trim())
      form.reset({ text: '' })
    },
  })
  return (
    <div className={classes.oneLine}>
      <Form form={form} action={action} lesser label={label}>
        <TextField field={form.field('text')} label={label} />
      </Form>
    </div>
  )
}

function useLog({ id }: MajorIncidentPage): (entry: LogEntry) => Promise<void> {
  const changed = useChanged()
  return async (entry) => {
    await call(api.logMajorIncident, { params: { id }, body: entry })
    await changed()
  }
}
