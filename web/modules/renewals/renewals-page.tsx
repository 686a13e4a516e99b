import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/renewals'
import { barredFromTerms, type RenewalLine } from '#api/renewals'
import { call } from '#web/http/call.ts'
import { useDay } from '#web/modules/actions/index.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { daysAfter } from '#core/recurrence.ts'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { Opportunities } from './opportunities.tsx'
import { NewOpportunityDialog } from './opportunity-dialogs.tsx'
import { renewalsQuery } from './queries.ts'
import { Signals } from './signals.tsx'
import { RenewalTimeline } from './timeline.tsx'
import { RenewalStateWord, usePercent } from './words.tsx'

const route = getRouteApi('/shell/renewals')

/** What ends and has to be decided, and what more customers need. */
export function RenewalsPage() {
  const t = useText()
  return (
    <ReadersOnly barredFrom={barredFromTerms} title={t('renewals.title')}>
      <Renewals />
    </ReadersOnly>
  )
}

function Renewals() {
  const t = useText()
  const { customer } = route.useSearch()
  const barred = barredFromTerms(useAsker())
  const { data: lines } = useSuspenseQuery(renewalsQuery(customer))
  const [making, setMaking] = useState(false)
  const waiting = lines.filter(({ renewal }) => renewal === null || renewal.course === null).length
  return (
    <Page
      title={lines.length === 0 ? t('renewals.title') : t('renewals.case', { open: waiting })}
      lede={t('renewals.lede')}
      crumb={<Link to="/contracts">{t('renewals.contracts')}</Link>}
      actions={
        <Button main barred={barred && t(barred)} onClick={() => setMaking(true)}>
          {t('renewals.opportunity-new')}
        </Button>
      }
    >
      <Section title={t('renewals.ending')} hint={t('renewals.ending-hint')}>
        {lines.length > 0 && <RenewalTimeline lines={lines} />}
        <Lines lines={lines} />
      </Section>
      <Opportunities customer={customer} />
      <Signals customer={customer} />
      {making && <NewOpportunityDialog customer={customer} onClose={() => setMaking(false)} />}
    </Page>
  )
}

function Lines({ lines }: { readonly lines: readonly RenewalLine[] }) {
  const t = useText()
  const day = useDay()
  const money = useMoney()
  const percent = usePercent()
  const client = useQueryClient()
  const navigate = useNavigate()
  const barred = barredFromTerms(useAsker())
  async function begin(contractId: string) {
    const { id } = await call(api.startRenewal, { params: { id: contractId } })
    await client.invalidateQueries({ queryKey: ['renewals'] })
    notify(t('renewals.begun'))
    await navigate({ to: '/renewals/$id', params: { id } })
  }
  const columns: readonly Column<RenewalLine>[] = [
    {
      key: 'contract',
      head: t('renewals.contract'),
      narrow: 'lead',
      cell: ({ contract: { id, title }, customer: { name }, renewal }) => (
        <>
          {renewal === null ? (
            <Link to="/contracts/$id" params={{ id }}>
              {title}
            </Link>
          ) : (
            <Link to="/renewals/$id" params={{ id: renewal.id }}>
              {title}
            </Link>
          )}{' '}
          <span className="pl-quiet">{name}</span>
        </>
      ),
    },
    {
      key: 'ends',
      head: t('renewals.ends'),
      width: '115px',
      narrow: 'under',
      called: t('renewals.ends'),
      cell: ({ endsOn }) => day(daysAfter(endsOn, -1)),
    },
    {
      key: 'notice',
      head: t('renewals.notice'),
      width: '170px',
      narrow: 'under',
      called: t('renewals.notice'),
      cell: ({ noticeOn, noticeOver }) =>
        noticeOver ? <State is="miss">{t('renewals.notice-over', { day: day(noticeOn) })}</State> : day(noticeOn),
    },
    {
      key: 'left',
      head: t('renewals.left'),
      width: '175px',
      numeric: true,
      narrow: 'under',
      called: t('renewals.left'),
      cell: ({ marginMinor, revenueMinor, contract: { id, currency } }) =>
        revenueMinor === 0 ? (
          '–'
        ) : (
          <DoorLink to="/contracts/$id/profit" params={{ id }}>
            {money({ amountMinor: marginMinor, currency })} ·{' '}
            {percent(Math.round((marginMinor / revenueMinor) * 10_000))}
          </DoorLink>
        ),
    },
    {
      key: 'course',
      head: t('renewals.course'),
      width: '170px',
      narrow: 'under',
      cell: ({ renewal }) =>
        renewal === null || renewal.course === null
          ? t('renewals.course.none')
          : `${t(`renewals.course.${renewal.course}`)}${renewal.probabilityBp === null ? '' : `, ${percent(renewal.probabilityBp)}`}`,
    },
    {
      key: 'state',
      head: t('renewals.state'),
      width: '140px',
      narrow: 'trail',
      cell: ({ renewal, contract: { id } }) =>
        renewal !== null ? (
          <RenewalStateWord state={renewal.state} />
        ) : (
          barred === null && <TextButton onClick={() => void begin(id)}>{t('renewals.begin')}</TextButton>
        ),
    },
  ]
  return (
    <Table
      dense
      keys
      label={t('renewals.ending')}
      columns={columns}
      rows={lines}
      rowKey={({ contract: { id } }) => id}
      empty={<Empty title={t('renewals.none')}>{t('renewals.none-hint')}</Empty>}
    />
  )
}
