import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Correction, DifferenceExplanation } from '#api/corrections'
import { Page } from '#web/ui/page.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { correctionTitle } from './correction-words.ts'
import { correctionQuery, differenceQuery } from './queries.ts'
import { ResultPair } from './result-pair.tsx'
import classes from './corrections.module.css'

const route = getRouteApi('/shell/corrections/$id/$position')

/** One clock as it was counted, and as it is counted with the correction, beside each other. */
export function DifferencePage() {
  const t = useText()
  const format = useFormat()
  const { id, position } = route.useParams()
  const { data: correction } = useSuspenseQuery(correctionQuery(id))
  const { data: told } = useSuspenseQuery(differenceQuery(id, Number(position)))
  const { number, metric, month, locked, requestId } = told.difference
  const title = t('corrections.clock-of', { number, metric: textChoice(metric) })
  return (
    <Page
      title={title}
      lede={<Lede told={told} correction={correction} />}
      crumb={
        <>
          <Link to="/corrections">{t('corrections.title')}</Link>
          <Link to="/corrections/$id" params={{ id }}>
            {correctionTitle(t, format, correction)}
          </Link>
        </>
      }
    >
      <ResultPair
        name={title}
        before={{ title: t('corrections.side.before'), result: told.difference.before, told: told.before }}
        after={{ title: t('corrections.side.after'), result: told.difference.after, told: told.after }}
      />
      <p className={classes.way}>
        <Link to={requestId === null ? '/incidents/$id' : '/requests/$id'} params={{ id: number }}>
          {t('corrections.to-incident', { number })}
        </Link>
        {locked && month !== null && (
          <>
            {' · '}
            <Link to="/periods">{t('corrections.to-months')}</Link>
          </>
        )}
      </p>
    </Page>
  )
}

/** What becomes of the two. */
function Lede({ told, correction }: { readonly told: DifferenceExplanation; readonly correction: Correction }) {
  const t = useText()
  const format = useFormat()
  const { month, locked, movedIn, after } = told.difference
  const done = correction.state === 'applied'
  if (month === null) return <>{t('corrections.both.open')}</>
  const values = { month: format.month(month), done: done ? 'yes' : 'no' }
  if (movedIn) return <>{t('corrections.both.moved-in', values)}</>
  // What was told stays; the clock itself goes on.
  if (locked && after !== null && after.stoppedAt === null) return <>{t('corrections.both.runs-again', values)}</>
  return <>{t(locked ? 'corrections.both.locked' : 'corrections.both.moves', values)}</>
}
