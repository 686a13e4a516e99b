import { Link } from '@tanstack/react-router'
import * as api from '#api/requests'
import type { explainRequest, RequestPage } from '#api/requests'
import type { ReplyOf } from '#core/endpoint.ts'
import { barredFromWorking } from '#core/may.ts'
import { Excluded } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Clock, ClockBar } from '#web/ui/clock-bar.tsx'
import { ClockLedger } from '#web/ui/clock-ledger.tsx'
import { clockPicture } from '#web/ui/clock-stretches.ts'
import { type Standing, State } from '#web/ui/state.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { urlOf } from '#web/http/call.ts'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

const standings: Readonly<Record<string, Standing>> = {
  running: 'runs',
  paused: 'paused',
  met: 'met',
  'breached-running': 'miss',
  'breached-stopped': 'miss',
}

type Promise = NonNullable<RequestPage['promise']>

interface PromiseClockProps {
  readonly request: RequestPage
  /** How it was counted. */
  readonly told: ReplyOf<typeof explainRequest>
}

/** The promise: the hours that counted, and each stretch in a sentence. */
export function PromiseClock({ request, told }: PromiseClockProps) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const mayWork = barredFromWorking(useAsker()) === null
  const language = useLanguage()
  const { promise } = request
  const sheet = urlOf(api.printRequestSheet, { params: { id: request.id }, query: { lang: language } })
  if (promise === null || told.timeZone === null) return <p className="pl-quiet">{told.summary}</p>
  const { timeZone, steps, dueAt, stoppedAt, targetSeconds } = told
  const { stretches, lines } = clockPicture({ steps, targetSeconds: targetSeconds ?? 0, dueAt, stoppedAt })
  const runs = promise.state === 'running' && dueAt !== null
  return (
    <Clock
      title={t('requests.promise')}
      standing={<State is={standings[promise.state] ?? 'none'}>{runs ? t('requests.due-in') : told.summary}</State>}
      figure={runs && format.duration(Math.max(0, dueAt.getTime() - now.getTime()))}
      used={<UsedDoor promise={promise} told={told} runs={runs} />}
      aside={
        promise.expectedAt !== null && (
          <span className="pl-quiet">
            {t('requests.expected', { when: format.instant(promise.expectedAt, timeZone) })}
          </span>
        )
      }
    >
      <ClockBar
        stretches={stretches}
        label={t('requests.promise')}
        dueAt={dueAt}
        now={stoppedAt === null ? now : null}
        zone={timeZone}
      />
      {told.exclusion && <Excluded exclusion={told.exclusion} />}
      {told.asTold && <p>{t('requests.as-told')}</p>}
      <ClockLedger lines={lines} label={t('requests.promise')} now={stoppedAt === null ? now : null} zone={timeZone} />
      <p className="pl-small">
        <a href={sheet} target="_blank" rel="noreferrer">
          {t('requests.clock.sheet')}
        </a>
        {stoppedAt !== null && told.exclusion === null && mayWork && (
          <>
            {' · '}
            <Link to="/corrections/new" search={{ request: request.number, exclude: 'yes' }}>
              {t('requests.leave-out')}
            </Link>
          </>
        )}
      </p>
    </Clock>
  )
}

/** What of the promised time is used; opens to by which agreement, which promise and whose hours. */
function UsedDoor({
  promise,
  told,
  runs,
}: Pick<PromiseClockProps, 'told'> & { readonly promise: Promise; readonly runs: boolean }) {
  const t = useText()
  const format = useFormat()
  const used = format.duration(promise.elapsedSeconds * 1000)
  const target = format.duration(promise.targetSeconds * 1000)
  const { agreement, promised, hours, timeZone, dueAt, stoppedAt } = told
  // Else the sentence beside it says so already.
  const label = t(runs ? 'requests.used' : 'requests.clock.how', { used, target })
  return (
    <Door label={label} title={t('requests.clock.how')} definition={t('requests.clock.definition', { target })}>
      {agreement !== null && timeZone !== null && (
        <Facts
          small
          facts={[
            { name: t('requests.clock.agreement'), value: t('requests.clock.version', agreement) },
            { name: t('requests.clock.promised'), value: promised },
            { name: t('requests.clock.hours'), value: hours },
            ...(dueAt === null ? [] : [{ name: t('requests.clock.due'), value: format.instant(dueAt, timeZone) }]),
            ...(stoppedAt === null
              ? []
              : [{ name: t('requests.delivered-at'), value: format.instant(stoppedAt, timeZone) }]),
          ]}
        />
      )}
    </Door>
  )
}
