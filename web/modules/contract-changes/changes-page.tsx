import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromCharges, barredFromTerms, type Change } from '#api/contract-changes'
import { useAsker } from '#web/modules/people/index.ts'
import { ActionLink } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { MarginDoor, WorkDoor } from './doors.tsx'
import { changesQuery } from './queries.ts'
import { ChangeStateWord } from './words.tsx'

const route = getRouteApi('/shell/contract-changes')

/** What contracts are to be changed in, and what was worked for it before anybody signed. */
export function ChangesPage() {
  const t = useText()
  const asker = useAsker()
  const barred = asker.access === 'customer' ? 'may.provider' : barredFromCharges(asker)
  if (barred === null) return <Changes />
  return (
    <Page title={t('changes.title')}>
      <Empty title={t('changes.title')}>{t(barred)}</Empty>
    </Page>
  )
}

function Changes() {
  const t = useText()
  const { contract, customer } = route.useSearch()
  const barred = barredFromTerms(useAsker())
  const { data: changes } = useSuspenseQuery(changesQuery({ contract, customer }))
  const leaking = changes.filter(({ margin }) => margin !== null && margin.atRiskMinutes > 0)
  const columns: readonly Column<Change>[] = [
    {
      key: 'title',
      head: t('changes.change'),
      narrow: 'lead',
      cell: ({ id, number, title }) => (
        <Link to="/contract-changes/$id" params={{ id }}>
          {t('changes.named', { number, title })}
        </Link>
      ),
    },
    {
      key: 'contract',
      head: t('changes.contract'),
      width: '36%',
      narrow: 'under',
      cell: ({ contract: { title }, customer: { name } }) => (
        <>
          {title} <span className="pl-quiet">{name}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('changes.state'),
      width: '160px',
      narrow: 'trail',
      cell: ({ state }) => <ChangeStateWord state={state} />,
    },
    {
      key: 'brings',
      head: t('changes.margin'),
      width: '190px',
      numeric: true,
      narrow: 'under',
      cell: ({ margin, contract: { currency } }) =>
        margin === null ? '–' : <MarginDoor margin={margin} currency={currency} />,
    },
    {
      key: 'leak',
      head: t('changes.leakage'),
      width: '150px',
      narrow: 'under',
      cell: ({ id, margin }) =>
        margin === null || margin.atRiskMinutes === 0 ? '–' : <WorkDoor id={id} minutes={margin.atRiskMinutes} />,
    },
  ]
  return (
    <Page
      title={t('changes.case', { count: changes.length, leaking: leaking.length })}
      lede={t('changes.lede')}
      crumb={<Link to="/contracts">{t('changes.contracts')}</Link>}
      actions={
        contract !== undefined &&
        barred === null && (
          <ActionLink to="/contracts/$id/changes/new" params={{ id: contract }}>
            {t('changes.new')}
          </ActionLink>
        )
      }
    >
      <Table
        dense
        keys
        label={t('changes.title')}
        columns={columns}
        rows={changes}
        rowKey={({ id }) => id}
        empty={<Empty title={t('changes.none')}>{t('changes.none-hint')}</Empty>}
      />
    </Page>
  )
}
