import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { barredFromContracting, type EfficiencyView } from '#api/budgets'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { EfficiencyDialog } from './efficiency-dialog.tsx'
import { efficiencyQuery, forecastsQuery } from './queries.ts'

interface BudgetSideProps {
  readonly year: number
  readonly customer: string | undefined
}

/** Forecasts of the year as each was locked, and how much less its work cost than a year before. */
export function BudgetSide({ year, customer }: BudgetSideProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const barred = barredFromContracting(useAsker())
  const { data: forecasts } = useSuspenseQuery(forecastsQuery(year, customer))
  const { data: efficiency } = useSuspenseQuery(efficiencyQuery(year, customer))
  const [writing, setWriting] = useState(false)
  return (
    <>
      <SideSection title={t('budgets.forecasts')}>
        {forecasts.length === 0 && <p className="pl-quiet">{t('budgets.no-forecast')}</p>}
        {forecasts.map(({ id, number, lockedAt, reason, note, totals }) => (
          <p key={id}>
            <b>{t('budgets.forecast', { number, day: format.date(lockedAt) })}</b>{' '}
            {totals.map(({ currency, outlookMinor }) => money({ amountMinor: outlookMinor, currency })).join(' + ')}
            <br />
            <span className="pl-quiet">
              {t(`budgets.reason.${reason}`)}: {note}
            </span>
          </p>
        ))}
      </SideSection>
      <SideSection title={t('budgets.efficiency')}>
        {efficiency.items.length === 0 && <p className="pl-quiet">{t('budgets.no-efficiency')}</p>}
        {efficiency.items.map((item) => (
          <Saved key={item.currency} item={item} year={year} />
        ))}
        <Button
          barred={barred === null ? (customer === undefined ? t('budgets.efficiency-customer') : null) : t(barred)}
          onClick={() => setWriting(true)}
        >
          {t('budgets.efficiency-write')}
        </Button>
      </SideSection>
      {writing && customer !== undefined && (
        <EfficiencyDialog
          year={year}
          customer={customer}
          item={efficiency.items[0]}
          onClose={() => setWriting(false)}
        />
      )}
    </>
  )
}

function Saved({ item, year }: { readonly item: EfficiencyView['items'][number]; readonly year: number }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { currency, expectedMinor, savedMinor, cashableMinor, share, work } = item
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const door = (of: 'expected' | 'saved' | 'cashable', label: string) => (
    <Door
      label={label}
      title={`${t(`budgets.${of}`)}: ${label}`}
      definition={t(`budgets.${of}-definition`)}
      period={t('budgets.against-year', { year: String(year), before: String(year - 1) })}
      sample={t('budgets.kinds-of-work', { kinds: work.length })}
    >
      <ul>
        {work
          .filter((each) => of !== 'cashable' || each.cashable)
          .map(({ name, volume, baseUnitMinor, actualMinor }) => (
            <li key={name}>
              {name}:{' '}
              {t('budgets.work-says', {
                volume: format.number(volume),
                unit: amount(baseUnitMinor),
                expected: amount(volume * baseUnitMinor),
                actual: amount(actualMinor),
              })}
            </li>
          ))}
      </ul>
    </Door>
  )
  return (
    <Facts
      facts={[
        { name: t('budgets.expected'), value: door('expected', amount(expectedMinor)) },
        {
          name: t('budgets.saved'),
          value: (
            <>
              {door('saved', amount(savedMinor))}{' '}
              {share !== null && `${format.number((share.numerator / share.denominator) * 100, 2)}\u00a0%`}
            </>
          ),
        },
        { name: t('budgets.cashable'), value: door('cashable', amount(cashableMinor)) },
      ]}
    />
  )
}
