import type { CaseState as Stage, FeedbackCase } from '#api/feedback'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

const standing: Readonly<Record<Stage, Standing>> = {
  received: 'soon',
  acknowledged: 'runs',
  investigated: 'runs',
  answered: 'paused',
  accepted: 'met',
  escalated: 'miss',
}

export function CaseState({ state }: { readonly state: Stage }) {
  const t = useText()
  return <State is={standing[state]}>{t(`feedback.case.state.${state}`)}</State>
}

/** What is owed next, and by when. */
export function DueWord({ of }: { readonly of: FeedbackCase }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { acknowledgedAt, answeredAt, acknowledgeDue, answerDue } = of
  const due = acknowledgedAt === null ? acknowledgeDue : answeredAt === null ? answerDue : null
  if (due === null) return '–'
  const late = due < now
  return (
    <State is={late ? 'miss' : 'runs'}>
      {t(late ? 'feedback.case.late' : 'feedback.case.due-at', { when: format.dayShort(due) })}
    </State>
  )
}
