import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Correction, DifferenceExplanation, ResultExplanation } from '#api/corrections'
import { ClockBar } from '#web/ui/clock-bar.tsx'
import { ClockLedger } from '#web/ui/clock-ledger.tsx'
import { clockPicture } from '#web/ui/clock-stretches.ts'
import { Facts } from '#web/ui/facts.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { correctionTitle } from './correction-words.ts'
import { correctionQuery, differenceQuery } from './queries.ts'
import { ResultState } from './result-state.tsx'
import classes from './corrections.module.css'

const route = getRouteApi('/shell/corrections/$id/$position')

/** One clock as it was counted, and as it is counted with the correction, beside each other. */
export function DifferencePage() {
  const t = useText()
  const format = useFormat()
  const { id, position } = route.useParams()
  const { data: correction } = useSuspenseQuery(correctionQuery(id))
  const { data: told } = useSuspenseQuery(differenceQuery(id, Number(position)))
  const { number, metric, month, locked } = told.difference
  const title = t('corrections.clock-of', { number, metric })
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
      <div className={classes.pair}>
        <Side
          title={t('corrections.side.before')}
          result={told.difference.before}
          told={told.before}
          name={`${title}, ${t('corrections.side.before')}`}
        />
        <Side
          title={t('corrections.side.after')}
          result={told.difference.after}
          told={told.after}
          name={`${title}, ${t('corrections.side.after')}`}
        />
      </div>
      <p className={classes.way}>
        <Link to="/incidents/$id" params={{ id: number }}>
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
  const { month, locked } = told.difference
  const done = correction.state === 'applied'
  if (month === null) return <>{t('corrections.both.open')}</>
  const values = { month: format.month(month), done: done ? 'yes' : 'no' }
  return <>{t(locked ? 'corrections.both.locked' : 'corrections.both.moves', values)}</>
}

interface SideProps {
  readonly title: string
  readonly name: string
  readonly result: DifferenceExplanation['difference']['before']
  readonly told: ResultExplanation | null
}

function Side({ title, name, result, told }: SideProps) {
  const t = useText()
  return (
    <section className={classes.side} aria-label={title}>
      <h2>{title}</h2>
      <p>
        <ResultState result={result} />
      </p>
      {told === null ? (
        <p className="pl-quiet">{t(result === null ? 'corrections.no-clock-more' : 'corrections.untold')}</p>
      ) : (
        <Counting told={told} name={name} />
      )}
    </section>
  )
}

function Counting({ told, name }: { readonly told: ResultExplanation; readonly name: string }) {
  const t = useText()
  const format = useFormat()
  const { result, steps, timeZone, agreement, calendar } = told
  const { targetSeconds, dueAt, stoppedAt } = result
  const { stretches, lines } = clockPicture({ steps, targetSeconds, dueAt, stoppedAt })
  const used = format.duration(result.elapsedSeconds * 1000)
  const target = format.duration(targetSeconds * 1000)
  return (
    <>
      <ClockBar
        low
        stretches={stretches}
        label={`${name}: ${t('corrections.used-of', { used, target })}`}
        dueAt={dueAt}
        now={stoppedAt === null ? (steps.at(-1)?.to ?? null) : null}
        zone={timeZone}
      />
      <div className={classes.ledger}>
        <ClockLedger lines={lines} label={name} now={null} zone={timeZone} />
      </div>
      <Facts
        small
        facts={[
          {
            name: t('corrections.about.agreement'),
            value: t('corrections.version-of', { name: agreement.name, number: agreement.number }),
          },
          { name: t('corrections.about.calendar'), value: calendar.name },
        ]}
      />
    </>
  )
}
