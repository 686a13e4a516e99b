import type { ResultExplanation } from '#api/incidents'
import type { ResultView } from '#api/service-levels'
import { ClockBar } from '#web/ui/clock-bar.tsx'
import { ClockLedger } from '#web/ui/clock-ledger.tsx'
import { clockPicture } from '#web/ui/clock-stretches.ts'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ResultState } from './result-state.tsx'
import classes from './corrections.module.css'

export interface ResultSide {
  readonly title: string
  readonly result: ResultView | null
  readonly told: ResultExplanation | null
}

interface PairProps {
  /** What they are results of. */
  readonly name: string
  readonly before: ResultSide
  readonly after: ResultSide
}

/** Two results of a clock beside each other, each with how it comes about. */
export function ResultPair({ name, before, after }: PairProps) {
  return (
    <div className={classes.pair}>
      <Side {...before} name={`${name}, ${before.title}`} />
      <Side {...after} name={`${name}, ${after.title}`} />
    </div>
  )
}

function Side({ title, name, result, told }: ResultSide & { readonly name: string }) {
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
