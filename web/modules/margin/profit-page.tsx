import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/margin'
import { barredFromContracting, type Profit } from '#api/margin'
import { call } from '#web/http/call.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { BridgePicture } from './bridge.tsx'
import { CostDialog, ImportDialog } from './cost-dialogs.tsx'
import { MarginTrend } from './margin-trend.tsx'
import { MonthResult } from './month-result.tsx'
import { Outlook } from './outlook.tsx'
import { LabourRates, UnpaidWork } from './own-work.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { profitQuery } from './queries.ts'
import { useShare } from './use-share.ts'

const route = getRouteApi('/shell/contracts/$id/profit')

/** What a contract leaves: for those who answer for it. */
export function ProfitPage() {
  const t = useText()
  const { id } = route.useParams()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('margin.title')}>
      <Margin id={id} />
    </ReadersOnly>
  )
}

function Margin({ id }: { readonly id: string }) {
  const t = useText()
  const share = useShare()
  const money = useMoney()
  const format = useFormat()
  const client = useQueryClient()
  const asker = useAsker()
  const barred = barredFromContracting(asker)
  const navigate = useNavigate()
  const { month: chosen } = route.useSearch()
  const { data: profit } = useSuspenseQuery(profitQuery(id))
  const [open, setOpen] = useState<'cost' | 'import' | 'plan' | null>(null)
  const { contract, customer, currency, months, total, counted, bridge, committedBp, unpaid, labourRates } = profit
  const shown =
    months.find(({ month }) => month === chosen) ?? months.find(({ actual }) => actual.with.revenueMinor > 0)
  const below = committedBp !== null && total.without.marginMinor * 10_000 < committedBp * total.without.revenueMinor
  const choose = (month: string) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, month }),
      replace: true,
      resetScroll: false,
    })
  const period = ({ from, to }: { readonly from: string; readonly to: string }) =>
    from === to ? format.month(to) : t('margin.from-to', { from: format.month(from), to: format.month(to) })
  async function count() {
    const { posted, adjusted } = await call(api.countProfit, { params: { id } })
    await client.invalidateQueries({ queryKey: ['margin'] })
    notify(t('margin.counted', { posted, adjusted }))
  }
  return (
    <Page
      title={
        total.without.revenueMinor === 0
          ? t('margin.title')
          : t('margin.case', { share: share(total.without), below: below ? 'yes' : 'no' })
      }
      lede={[
        ...(counted === null ? [] : [t('margin.lede-months', { period: period(counted) })]),
        t('margin.lede', { customer: customer.name, number: contract.number }),
      ].join(' ')}
      crumb={
        <Link to="/contracts/$id" params={{ id }}>
          {contract.title}
        </Link>
      }
      actions={
        <>
          <Button barred={barred && t(barred)} onClick={() => void count()}>
            {t('margin.count')}
          </Button>
          <Button barred={barred && t(barred)} onClick={() => setOpen('plan')}>
            {t('margin.plan-write')}
          </Button>
          <Button barred={barred && t(barred)} onClick={() => setOpen('import')}>
            {t('margin.import')}
          </Button>
          <Button barred={barred && t(barred)} onClick={() => setOpen('cost')}>
            {t('margin.add-cost')}
          </Button>
        </>
      }
      side={
        <>
          <Outlook profit={profit} />
          <LabourRates contractId={id} currency={currency} labourRates={labourRates} />
        </>
      }
    >
      {bridge !== null && (
        <Section title={t('margin.bridge')} hint={t('margin.bridge-hint', { period: period(bridge.months) })}>
          <BridgePicture bridge={bridge} profit={profit} />
        </Section>
      )}
      {months.length > 1 && (
        <Section title={t('margin.over-time')} hint={t('margin.over-time-hint')}>
          <MarginTrend
            label={t('margin.over-time')}
            months={months.toReversed().map(({ month, actual: { without } }) => ({
              month,
              revenueMinor: without.revenueMinor,
              marginMinor: without.marginMinor,
            }))}
            committedBp={committedBp}
            height={140}
            onOpen={choose}
          />
        </Section>
      )}
      <UnpaidWork contractId={id} currency={currency} unpaid={unpaid} />
      {shown !== undefined && (
        <MonthResult
          contractId={id}
          currency={currency}
          of={shown}
          months={months.map(({ month }) => month)}
          onChoose={choose}
        />
      )}
      <Section title={t('margin.months')} hint={t('margin.without-hint')}>
        {months.length === 0 ? (
          <Empty title={t('margin.none')}>{t('margin.none-hint')}</Empty>
        ) : (
          <>
            <Months months={months} currency={currency} contractId={id} />
            <p className="pl-quiet">
              {counted !== null &&
                t('margin.private', {
                  amount: money({ amountMinor: total.with.marginMinor, currency }),
                  period: period(counted),
                  running:
                    months[0] !== undefined && months[0].month > counted.to ? format.month(months[0].month) : 'none',
                })}
            </p>
          </>
        )}
      </Section>
      {open === 'plan' && <PlanDialog contractId={id} currency={currency} onClose={() => setOpen(null)} />}
      {open === 'cost' && <CostDialog contractId={id} currency={currency} onClose={() => setOpen(null)} />}
      {open === 'import' && <ImportDialog contractId={id} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function Months({
  months,
  currency,
  contractId,
}: Pick<Profit, 'months' | 'currency'> & { readonly contractId: string }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const share = useShare()
  type Row = Profit['months'][number]
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const columns: readonly Column<Row>[] = [
    {
      key: 'month',
      head: t('margin.month'),
      width: '130px',
      narrow: 'lead',
      cell: ({ month }) => (
        <Link to="/contracts/$id/profit" params={{ id: contractId }} search={{ month }}>
          {format.month(month)}
        </Link>
      ),
    },
    {
      key: 'revenue',
      head: t('margin.revenue'),
      width: '125px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ actual }) => amount(actual.without.revenueMinor),
    },
    {
      key: 'cost',
      head: t('margin.cost'),
      width: '125px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ actual }) => amount(actual.without.costMinor),
    },
    {
      key: 'margin',
      head: t('margin.margin'),
      width: '190px',
      numeric: true,
      narrow: 'trail',
      cell: ({ month, actual }) => (
        <DoorLink to="/contracts/$id/profit" params={{ id: contractId }} search={{ month }}>
          {amount(actual.without.marginMinor)} · {share(actual.without)}
        </DoorLink>
      ),
    },
    {
      key: 'bid',
      head: t('margin.version.bid'),
      width: '90px',
      numeric: true,
      narrow: 'under',
      called: t('margin.version.bid'),
      cell: ({ bid, budget }) => {
        const plan = bid ?? budget
        return plan === null ? '–' : share(plan.without)
      },
    },
    {
      key: 'state',
      head: t('margin.state'),
      narrow: 'under',
      cell: ({ state }) => t(`margin.period.${state}`),
    },
  ]
  return <Table dense label={t('margin.months')} columns={columns} rows={months} rowKey={({ month }) => month} />
}
