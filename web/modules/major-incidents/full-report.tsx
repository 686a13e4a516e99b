import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import * as api from '#api/major-incidents'
import type { MajorIncidentPage, ReportPart } from '#api/major-incidents'
import type { Language } from '#core/text.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { Facts } from '#web/ui/facts.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { reportQuery } from './queries.ts'
import { draftOf } from '#web/ui/drafts.ts'
import classes from './room.module.css'

interface FullReportProps {
  readonly major: MajorIncidentPage
  readonly language: Language
  readonly may: boolean
}

/** The full report, section by section: what was recorded, and what people write about it, which is kept as they type. */
export function FullReport({ major, language, may }: FullReportProps) {
  const t = useText()
  const { data, error } = useQuery(reportQuery(major.id, language, 'internal'))
  if (data === undefined) return error ? <Problem failure={error} /> : null
  return (
    <div lang={language}>
      {data.parts.map((part) => (
        <Section key={part.section} title={`${part.number} ${part.title}`}>
          <Recorded part={part} />
          {may ? (
            <Words major={major} language={language} part={part} />
          ) : (
            <p className={classes.words}>{part.text || (part.missing && t('major-incidents.report.nothing'))}</p>
          )}
        </Section>
      ))}
    </div>
  )
}

/** What of a section was recorded, as the paper has it. */
function Recorded({ part: { section, facts, lines } }: { readonly part: ReportPart }) {
  const t = useText()
  if (section === 'actions') return <p className="pl-quiet">{t('major-incidents.report.actions-above')}</p>
  return (
    <>
      {facts.length > 0 && <Facts small facts={[...facts]} />}
      {lines.length > 0 && (
        <ol className={classes.lines}>
          {lines.map(({ at, who, what, gap }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- they stay in their order, and two may be alike
            <li key={index} data-gap={gap || undefined}>
              <time>{at}</time>
              <span className={classes.words}>{who === '' ? what : `${who}: ${what}`}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

/** After the last letter it is kept. */
const KEPT_AFTER_MS = 800

interface WordsProps {
  readonly major: MajorIncidentPage
  readonly language: Language
  readonly part: ReportPart
}

function Words({ major: { id }, language, part }: WordsProps) {
  const t = useText()
  const { section } = part
  const draft = draftOf(id, `${section}.${language}`)
  const [text, setText] = useState(draft.words || part.text)
  const [state, setState] = useState<'kept' | 'typing' | 'moved' | 'failed'>('kept')
  const version = useRef(part.version)
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])

  async function keep(words: string) {
    try {
      const kept = await call(api.writeReportText, {
        params: { id, section },
        body: { language, text: words },
        match: version.current,
      })
      version.current = kept.version
      draft.drop()
      setState('kept')
    } catch (thrown) {
      setState(thrown instanceof CallFailure && thrown.status === 412 ? 'moved' : 'failed')
    }
  }
  return (
    <div className={classes.section}>
      <TextAreaField
        field={{
          name: section,
          value: text,
          error: state === 'moved' || state === 'failed' ? t(`major-incidents.report.${state}`) : undefined,
          onChange: (words) => {
            setText(words)
            setState('typing')
            draft.keep(words)
            clearTimeout(timer.current)
            timer.current = window.setTimeout(() => void keep(words), KEPT_AFTER_MS)
          },
        }}
        label={t('major-incidents.report.words', { section: part.title })}
        hint={t(`major-incidents.report.hint.${section}`)}
        rows={text === '' ? 2 : Math.min(12, text.split('\n').length + 2)}
      />
      <span role="status" className="pl-tiny pl-quiet">
        {state === 'typing' && t('major-incidents.report.typing')}
        {state === 'kept' && text !== '' && t('major-incidents.report.kept')}
      </span>
    </div>
  )
}
