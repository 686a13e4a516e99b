import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Agreement, AgreementVersion, ChainReport } from '#api/service-levels'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './agreement-chain.module.css'
import { readTime } from './agreements-draft.ts'
import { chainQuery } from './agreements-queries.ts'
import { ChainPicture } from './chain-picture.tsx'
import { type ChainLink, stepsOf } from './chain-steps.ts'
import { useServiceNames } from './use-service-names.ts'
import { useConditionWords } from './use-target-words.ts'

type ChainPromise = ChainReport['promises'][number]

interface ChainProps {
  readonly agreement: Agreement
  readonly version: AgreementVersion
  /** In which moments are told. */
  readonly zone: string
}

/** What stands behind an agreement, and whether that is enough for what a version of it promises; for our eyes alone. */
export function AgreementChain({ agreement, version, zone }: ChainProps) {
  const inside = barredFromInside(useAsker()) === null
  return inside ? <Chain agreement={agreement} version={version} zone={zone} /> : null
}

function Chain({ agreement, version, zone }: ChainProps) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const [reserve, setReserve] = useState('')
  const read = reserve.trim() === '' ? 0 : readTime(reserve)
  const wrong = typeof read !== 'number'
  const { data: report, error } = useQuery(chainQuery(agreement.id, version.id, wrong ? 0 : read))
  const behind = report?.promises.some(({ links, missing }) => links.length + missing.length > 0) ?? false
  const conditionsOf = useConditionWords(useServiceNames(agreement.customerId))
  const nameOf = ({ metric, priority, when }: ChainPromise) =>
    [`${priority.toUpperCase()} ${t(`agreements.metric.${metric}`)}`, ...conditionsOf(when)].join(', ')
  const without = (report?.promises ?? []).filter(({ links }) => links.length === 0).map(nameOf)
  // Few of these have something behind them in turn.
  if (agreement.type !== 'sla' && !behind) return null
  const add = barredFromManaging(asker) === null && (
    <LinkButton to="/agreements/new" search={{ customer: agreement.customerId, behind: agreement.id } as never}>
      {t('agreements.chain.add')}
    </LinkButton>
  )
  return (
    <Section
      title={t('agreements.chain')}
      hint={behind && report ? t('agreements.chain.hint', { year: String(report.year) }) : undefined}
      aside={behind && add}
    >
      {error && <Problem failure={error} />}
      {report && !behind && (
        <Empty title={t('agreements.chain.none')} actions={add}>
          {t('agreements.chain.none-more')}
        </Empty>
      )}
      {behind && (
        <div className={classes.reserve}>
          <TextField
            field={{
              name: 'reserve',
              value: reserve,
              error: wrong ? t('agreements.chain.reserve-wrong') : undefined,
              onChange: setReserve,
            }}
            label={t('agreements.chain.reserve')}
            hint={t('agreements.chain.reserve-hint')}
            maxLength={20}
          />
        </div>
      )}
      {behind &&
        report?.promises
          .filter(({ links }) => links.length > 0)
          .map((promise) => (
            <OnePromise
              key={JSON.stringify([promise.metric, promise.priority, promise.when])}
              promise={promise}
              name={nameOf(promise)}
              conditionsOf={conditionsOf}
              reserveSeconds={report.reserveSeconds}
              zone={zone}
            />
          ))}
      {behind && without.length > 0 && (
        <p className="pl-small pl-quiet">{t('agreements.chain.nothing-for', { names: format.list(without) })}</p>
      )}
    </Section>
  )
}

interface OnePromiseProps {
  readonly promise: ChainPromise
  readonly name: string
  readonly conditionsOf: (when: ChainPromise['when']) => readonly string[]
  readonly reserveSeconds: number
  readonly zone: string
}

function OnePromise({ promise, name, conditionsOf, reserveSeconds, zone }: OnePromiseProps) {
  const t = useText()
  const format = useFormat()
  const { targetSeconds, totalSeconds, holds, links, missing, cases } = promise
  const steps = stepsOf(links)
  const duration = (seconds: number) => format.duration(seconds * 1000)
  const over = totalSeconds === null ? null : totalSeconds - targetSeconds
  return (
    <section className={classes.promise}>
      <div className={classes.head}>
        <h3>{name}</h3>
        <State is={holds ? 'met' : 'miss'}>{t(holds ? 'agreements.chain.holds' : 'agreements.chain.breaks')}</State>
        {totalSeconds !== null && (
          <Door
            label={t('agreements.chain.sum', { sum: duration(totalSeconds), target: duration(targetSeconds) })}
            title={t('agreements.chain.sum', { sum: duration(totalSeconds), target: duration(targetSeconds) })}
            definition={t('agreements.chain.sum-what')}
          >
            <ul className={classes.sums}>
              {steps.map(({ step, seconds, longest }) => (
                <li key={step}>
                  {t('agreements.chain.step-of', {
                    step,
                    name: longest?.name ?? '–',
                    time: seconds === null ? '–' : duration(seconds),
                  })}
                </li>
              ))}
              {reserveSeconds > 0 && <li>{t('agreements.chain.reserve-of', { time: duration(reserveSeconds) })}</li>}
            </ul>
          </Door>
        )}
      </div>
      <p>
        {over === null
          ? t('agreements.chain.never')
          : over > 0
            ? t('agreements.chain.over', { over: duration(over), target: duration(targetSeconds) })
            : t('agreements.chain.under', { left: duration(-over), target: duration(targetSeconds) })}
      </p>
      {cases > 1 && <p className="pl-small pl-quiet">{t('agreements.chain.cases', { count: cases })}</p>}
      <ChainPicture
        steps={steps}
        numberOf={(link) => links.indexOf(link) + 1}
        targetSeconds={targetSeconds}
        reserveSeconds={reserveSeconds}
        label={t('agreements.chain.picture', { name })}
      />
      <ul className={classes.links}>
        {links.map((link, index) => (
          <LinkLine
            key={link.agreementId}
            number={index + 1}
            link={link}
            conditions={conditionsOf(link.when)}
            zone={zone}
            branch={isBranch(link, links)}
          />
        ))}
      </ul>
      {missing.length > 0 && (
        <p className="pl-small pl-quiet">{t('agreements.chain.missing', { names: format.list(missing) })}</p>
      )}
    </section>
  )
}

function isBranch({ step, agreementId }: ChainLink, links: readonly ChainLink[]): boolean {
  return links.some((other) => other.step === step && other.agreementId !== agreementId)
}

interface LinkLineProps {
  /** In the picture. */
  readonly number: number
  readonly link: ChainLink
  /** Under which its target holds. */
  readonly conditions: readonly string[]
  readonly zone: string
  readonly branch: boolean
}

/** A link: what it promises, and how long that is at its worst start, on the wall and in the hours of the promise. */
function LinkLine({
  number,
  link: { agreementId, name, type, step, targetSeconds, wall, inPromise },
  conditions,
  zone,
  branch,
}: LinkLineProps) {
  const t = useText()
  const format = useFormat()
  const duration = (seconds: number) => format.duration(seconds * 1000)
  const worst = (found: ChainLink['wall'], kind: 'wall' | 'own') =>
    found && (
      <Door
        label={t(`agreements.chain.${kind}`, { time: duration(found.seconds) })}
        title={t(`agreements.chain.${kind}`, { time: duration(found.seconds) })}
        definition={t(`agreements.chain.${kind}-what`)}
        period={t('agreements.chain.from-to', {
          from: format.instant(found.start, zone),
          to: format.instant(found.due, zone),
        })}
      />
    )
  return (
    <li>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <span className="pl-quiet">{t(branch ? 'agreements.chain.branch' : 'agreements.chain.step', { step })}</span>
      <span>
        <Link to="/agreements/$id" params={{ id: agreementId }}>
          {name}
        </Link>{' '}
        <span className="pl-quiet">
          {t(`agreements.type.${type}-short`)}, {t('agreements.chain.promises', { time: duration(targetSeconds) })}
          {conditions.length > 0 && ` (${format.list(conditions)})`}
        </span>
      </span>
      <span className={classes.worst}>
        {wall === null || inPromise === null ? (
          t('agreements.chain.link-never')
        ) : (
          <>
            {worst(wall, 'wall')} {worst(inPromise, 'own')}
          </>
        )}
      </span>
    </li>
  )
}
