import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Customer } from '#api/customers'
import type { Agreement } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './customers.module.css'
import { customerAgreementsQuery } from './queries.ts'

/** What was promised to a customer. */
export function CustomerAgreements({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const format = useFormat()
  const { items } = useSuspenseQuery(customerAgreementsQuery(customer.id)).data
  const barred = barredFromManaging(useAsker())
  const columns: readonly Column<Agreement>[] = [
    {
      key: 'name',
      head: t('customers.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/agreements/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    {
      key: 'state',
      head: t('customers.agreement.state'),
      narrow: 'trail',
      cell: ({ versions }) => {
        const active = versions.find(({ state }) => state === 'active')
        return active === undefined ? (
          <State is="none">{t('customers.agreement.draft')}</State>
        ) : (
          <State is="runs">
            {t('customers.agreement.since', { day: format.day(active.validFrom, customer.timeZone) })}
          </State>
        )
      },
    },
    {
      key: 'hours',
      head: t('customers.agreement.hours'),
      narrow: 'under',
      cell: ({ versions }) => (versions.find(({ state }) => state === 'active') ?? versions[0])?.calendarName ?? '–',
    },
  ]
  const write = barred === null && (
    <LinkButton to="/agreements/new" search={{ customer: customer.id }} main={items.length === 0}>
      {t('customers.agreement.write')}
    </LinkButton>
  )
  return (
    <Section title={t('customers.agreements')}>
      <Table
        label={t('customers.agreements')}
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t('customers.agreement.none', { name: customer.name })} actions={write}>
            {t('customers.agreement.none-more')}
          </Empty>
        }
      />
      {items.length > 0 && write && <div className={classes.add}>{write}</div>}
    </Section>
  )
}
