import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { FrictionPoint } from '#api/friction'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { FrictionState } from './friction-state.tsx'
import { registerQuery } from './queries.ts'
import { useCost } from './use-cost.ts'

const route = getRouteApi('/shell/friction')

/** What keeps people from their work again and again, the dearest first. */
export function FrictionPage() {
  const t = useText()
  const barred = barredFromInside(useAsker())
  if (barred === null) return <Register />
  return (
    <Page title={t('friction.title')}>
      <Empty title={t('friction.title')}>{t(barred)}</Empty>
    </Page>
  )
}

function Register() {
  const t = useText()
  const format = useFormat()
  const cost = useCost()
  const may = barredFromWorking(useAsker()) === null
  const navigate = useNavigate()
  const { customer, show } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    registerQuery(customer, show),
  )
  const { openHours, removedHours } = data.pages[0]!
  const columns: readonly Column<FrictionPoint>[] = [
    {
      key: 'title',
      head: t('friction.what'),
      narrow: 'lead',
      cell: ({ id, title }) => (
        <Link to="/friction/$id" params={{ id }}>
          {title}
        </Link>
      ),
    },
    { key: 'customer', head: t('friction.customer'), width: '14%', narrow: 'under', cell: (row) => row.customer.name },
    {
      key: 'where',
      head: t('friction.where'),
      width: '18%',
      narrow: 'under',
      cell: ({ site, service, place }) => [site?.name, service?.name, place].filter(Boolean).join(' · '),
    },
    {
      key: 'owner',
      head: t('friction.owner'),
      width: '130px',
      narrow: 'hidden',
      cell: ({ owner }) => owner?.name ?? t('friction.nobody'),
    },
    {
      key: 'state',
      head: t('friction.state'),
      width: '160px',
      narrow: 'under',
      cell: ({ state }) => <FrictionState state={state} />,
    },
    { key: 'cost', head: t('friction.cost'), width: '190px', numeric: true, narrow: 'trail', cell: cost },
  ]
  return (
    <Page
      title={t('friction.case', { hours: format.number(openHours, 0) })}
      lede={
        <Text
          id="friction.lede"
          components={{
            hours: (
              <DoorLink to="/friction" search={{ customer, show: 'removed' }}>
                {format.number(removedHours, 0)}
              </DoorLink>
            ),
          }}
        />
      }
      actions={may && <LinkButton to="/friction/new">{t('friction.new')}</LinkButton>}
    >
      <LevelTabs />
      <Section
        title={t('friction.register')}
        hint={t('friction.register-hint')}
        aside={
          <Chips
            label={t('friction.state')}
            value={show}
            onChange={(next) => void navigate({ to: '/friction', search: { customer, show: next } })}
            chips={(['open', 'over', 'removed', 'all'] as const).map((value) => ({
              value,
              label: t(`friction.show.${value}`),
            }))}
          />
        }
      >
        <Table
          dense
          keys
          label={t('friction.register')}
          columns={columns}
          rows={data.pages.flatMap(({ items }) => items)}
          rowKey={({ id }) => id}
          more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
          empty={<Empty title={t('friction.none')}>{t('friction.none-more')}</Empty>}
        />
      </Section>
    </Page>
  )
}
