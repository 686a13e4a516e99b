import { Clock, ClockBar } from '#web/ui/clock-bar.tsx'
import { ClockLedger } from '#web/ui/clock-ledger.tsx'
import { type ClockStep, clockPicture } from '#web/ui/clock-stretches.ts'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { History } from '#web/ui/history.tsx'
import { Section } from '#web/ui/page.tsx'
import { ShareBar } from '#web/ui/share-bar.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './kit-page.module.css'

const ZONE = 'Europe/Berlin'
const NOW = at('10T09:42')
const HOUR_S = 3600
const HOUR_MS = 3_600_000

function at(dayAndTime: string): Date {
  return new Date(`2026-11-${dayAndTime}:00Z`)
}

/** A clock that runs, one that was missed, one that is paused, one that was met. */
export function KitClocks() {
  const t = useText()
  const format = useFormat()
  const resolution = clockPicture({
    steps: useResolutionSteps(),
    targetSeconds: 16 * HOUR_S,
    dueAt: at('10T12:40'),
    stoppedAt: null,
  })
  const response = clockPicture({
    steps: [
      {
        kind: 'run',
        from: at('06T13:10'),
        to: at('06T14:32'),
        countedSeconds: 82 * 60,
        elapsedSeconds: 82 * 60,
        sentence: t('kit.clock.ran'),
      },
    ],
    targetSeconds: HOUR_S,
    dueAt: at('06T14:10'),
    stoppedAt: at('06T14:32'),
  })
  const used = `${format.durationCell(13.04 * HOUR_MS)} / ${format.duration(16 * HOUR_MS)}`
  return (
    <Section title={t('kit.clocks')} hint={t('kit.clocks.hint')}>
      <Clock
        title={t('kit.clock.resolution')}
        standing={<State is="soon">{t('kit.clock.due-in')}</State>}
        figure={format.duration(2.97 * HOUR_MS)}
        used={<Door label={`${used}, 81 %`} title={used} definition={t('kit.clock.used')} />}
      >
        <ClockBar
          stretches={resolution.stretches}
          label={t('kit.clock.resolution-label')}
          dueAt={at('10T12:40')}
          now={NOW}
          promise={{ at: at('10T12:20'), label: t('kit.clock.promise', { time: format.time(at('10T12:20'), ZONE) }) }}
          zone={ZONE}
        />
        <ClockLedger lines={resolution.lines} label={t('kit.clock.resolution')} now={NOW} zone={ZONE} />
      </Clock>
      <Clock title={t('kit.clock.shares')} standing={null}>
        <ShareBar
          label={t('kit.clock.shares')}
          shares={[
            { key: 'desk', label: 'Desk Poznań', figure: format.duration(1.92 * HOUR_MS), weight: 1.92 },
            { key: 'network', label: 'Network EU', figure: format.duration(4.75 * HOUR_MS), weight: 4.75 },
            { key: 'supplier', label: 'Altmark Netze', figure: format.duration(6.37 * HOUR_MS), weight: 6.37 },
            {
              key: 'left',
              label: t('kit.clock.rest'),
              figure: format.duration(2.97 * HOUR_MS),
              weight: 2.97,
              left: true,
            },
          ]}
        />
      </Clock>
      <Clock
        title={t('kit.clock.response')}
        standing={<State is="miss">{t('kit.clock.missed-by', { by: format.duration(22 * 60_000) })}</State>}
      >
        <ClockBar
          low
          stretches={response.stretches}
          label={t('kit.clock.response-label')}
          dueAt={at('06T14:10')}
          now={null}
          stopped={t('kit.clock.answer', { time: format.time(at('06T14:32'), ZONE) })}
          zone={ZONE}
        />
      </Clock>
      <div className={classes.panels}>
        <Small is="paused" />
        <Small is="met" />
      </div>
      <div className={classes.panels}>
        <div className={classes.panel}>
          <h3>{t('kit.facts')}</h3>
          <Facts
            facts={[
              { name: t('kit.facts.state'), value: <State is="soon" /> },
              { name: t('kit.facts.customer'), value: 'Nordhafen Logistics' },
              { name: t('kit.facts.site'), value: `Hamburg Altenwerder, ${format.zone(ZONE, NOW)}` },
              { name: t('kit.facts.affected'), value: format.ratio({ numerator: 46, denominator: 118 }) },
            ]}
          />
        </div>
        <div className={classes.panel}>
          <h3>{t('kit.history')}</h3>
          <History
            zone={ZONE}
            entries={[
              { id: '3', at: at('10T09:31'), who: 'Altmark Netze', what: t('kit.history.staged') },
              { id: '2', at: at('10T08:40'), who: t('kit.history.clock'), what: t('kit.history.warned') },
              {
                id: '1',
                at: at('09T12:00'),
                who: 'Site IT Hamburg',
                what: t('kit.history.photos'),
                learned: t('kit.history.learned'),
              },
            ]}
          />
        </div>
      </div>
    </Section>
  )
}

/** A bar of its own: half of the time used, then paused, or stopped in time. */
function Small({ is }: { readonly is: 'paused' | 'met' }) {
  const t = useText()
  const steps: ClockStep[] = [
    {
      kind: 'run',
      from: at('10T07:00'),
      to: at('10T09:00'),
      countedSeconds: 2 * HOUR_S,
      elapsedSeconds: 2 * HOUR_S,
      sentence: '',
    },
    ...(is === 'paused'
      ? [
          {
            kind: 'pause' as const,
            from: at('10T09:00'),
            to: NOW,
            countedSeconds: 0,
            elapsedSeconds: 2 * HOUR_S,
            sentence: '',
          },
        ]
      : []),
  ]
  const dueAt = is === 'met' ? at('10T11:00') : null
  const { stretches } = clockPicture({
    steps,
    targetSeconds: 4 * HOUR_S,
    dueAt,
    stoppedAt: is === 'met' ? at('10T09:00') : null,
  })
  return (
    <Clock title={t('kit.clock.resolution')} standing={<State is={is} />}>
      <ClockBar
        low
        stretches={stretches}
        label={t(is === 'met' ? 'kit.clock.met-label' : 'kit.clock.paused-label')}
        dueAt={dueAt}
        now={is === 'paused' ? NOW : null}
        zone={ZONE}
        {...(is === 'met' && { stopped: t('kit.clock.resolved') })}
      />
    </Clock>
  )
}

function useResolutionSteps(): readonly ClockStep[] {
  const t = useText()
  const plan = [
    ['run', '06T13:10', '06T17:00', t('kit.clock.step-1')],
    ['closed', '06T17:00', '09T07:00', t('kit.clock.step-closed')],
    ['run', '09T07:00', '09T08:30', t('kit.clock.step-2')],
    ['pause', '09T08:30', '09T12:00', t('kit.clock.step-3')],
    ['run', '09T12:00', '09T17:00', t('kit.clock.step-4')],
    ['closed', '09T17:00', '10T07:00', t('kit.clock.step-night')],
    ['run', '10T07:00', '10T09:42', t('kit.clock.step-5')],
  ] as const
  let elapsedSeconds = 0
  return plan.map(([kind, from, to, sentence]) => {
    const countedSeconds = kind === 'run' ? (at(to).getTime() - at(from).getTime()) / 1000 : 0
    elapsedSeconds += countedSeconds
    return { kind, from: at(from), to: at(to), countedSeconds, elapsedSeconds, sentence }
  })
}
