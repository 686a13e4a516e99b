import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromCharges } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { checklistQuery } from './queries.ts'

const route = getRouteApi('/shell/closing')

/** What is left to do before a customer's month is closed. */
export function ClosingPage() {
  const t = useText()
  const asker = useAsker()
  const { customer } = route.useSearch()
  const barred = asker.access === 'customer' ? 'may.provider' : barredFromCharges(asker)
  if (barred !== null || customer === undefined) {
    return (
      <Page title={t('margin.closing')}>
        <Empty title={t('margin.closing')}>{barred === null ? t('margin.choose-customer') : t(barred)}</Empty>
      </Page>
    )
  }
  return <Checklist customer={customer} />
}

function Checklist({ customer }: { readonly customer: string }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { month: chosen } = route.useSearch()
  const now = useNow().toISOString().slice(0, 7)
  const month = chosen ?? monthsAfter(`${now}-01`, -1).slice(0, 7)
  const { data } = useSuspenseQuery(checklistQuery(customer, month))
  return (
    <Page
      title={t('margin.closing-case', { month: format.month(month), open: data.openCount })}
      lede={t('margin.closing-lede', { customer: data.customer.name, state: t(`margin.period.${data.state}`) })}
      crumb={
        <Link to="/periods" search={{ customer }}>
          {t('margin.periods')}
        </Link>
      }
      actions={
        <MonthPicker
          label={t('margin.month')}
          value={month}
          max={now}
          onChange={(next) => void navigate({ to: '.', search: (before: object) => ({ ...before, month: next }) })}
        />
      }
    >
      {data.contracts.length === 0 && <p className="pl-quiet">{t('margin.no-contracts')}</p>}
      {data.contracts.map(({ contract: { id, title }, open }) => (
        <Section key={id} title={title}>
          <ul>
            {open.length === 0 && (
              <li>
                <State is="met">{t('margin.nothing-open')}</State>
              </li>
            )}
            {open.map(({ kind, count }) => (
              <li key={kind}>
                <State is={kind === 'disputed' ? 'miss' : 'soon'}>
                  <Link to="/contracts/$id" params={{ id }} search={{ month }}>
                    {t(`margin.open.${kind}`, { count })}
                  </Link>
                </State>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  )
}
