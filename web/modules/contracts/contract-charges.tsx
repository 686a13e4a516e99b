import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/contracts'
import { barredFromContracting, type Charge, chargeLifecycle, type Contract, type MonthCharges } from '#api/contracts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons, DownloadLink, TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { useState } from 'react'
import { DisputeDialog } from './dispute-dialog.tsx'
import { chargesQuery } from './queries.ts'
import { ChargeStateWord } from './words.tsx'

const route = getRouteApi('/shell/contracts/$id')

/** What a month costs, line by line, and what can be done with it next. */
export function ContractCharges({ contract }: { readonly contract: Contract }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { month: chosen } = route.useSearch()
  const { data: months } = useSuspenseQuery(chargesQuery(contract.id))
  const inside = barredFromInside(useAsker()) === null
  const shown = months.find(({ month }) => month === chosen) ?? months[0]
  return (
    <Section
      title={t('contracts.charges')}
      hint={t('contracts.charges-hint', { side: inside ? 'inside' : 'outside' })}
      aside={inside && <Reckoning contract={contract} latest={months[0]?.month} />}
    >
      {shown === undefined ? (
        <p className="pl-quiet">{t('contracts.no-charges')}</p>
      ) : (
        <>
          <Sentence>
            <Pick
              label={t('contracts.month')}
              value={shown.month}
              options={months.map(({ month }) => ({ value: month, label: format.month(month) }))}
              onChange={(month) =>
                void navigate({
                  to: '.',
                  search: (before: object) => ({ ...before, month }),
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          </Sentence>
          <Month contract={contract} of={shown} />
        </>
      )}
    </Section>
  )
}

/** To the lines and the invoice's terms, and the next month to reckon: the one after the latest, or the last one over. */
function Reckoning({ contract: { id }, latest }: { readonly contract: Contract; readonly latest: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const barred = barredFromContracting(useAsker())
  const now = useNow().toISOString().slice(0, 7)
  const next =
    latest === undefined ? monthsAfter(`${now}-01`, -1).slice(0, 7) : monthsAfter(`${latest}-01`, 1).slice(0, 7)
  async function reckon() {
    await call(api.draftCharges, { params: { id }, body: { month: next } })
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(t('contracts.reckoned'))
  }
  return (
    <Buttons>
      <Link to="/contracts/$id/lines" params={{ id }}>
        {t('contracts.lines')}
      </Link>
      <Link to="/contracts/$id/invoicing" params={{ id }}>
        {t('contracts.invoicing')}
      </Link>
      {barred === null && next <= now && (
        <Button onClick={() => void reckon()}>{t('contracts.calculate', { month: format.month(next) })}</Button>
      )}
    </Buttons>
  )
}

function Month({ contract, of }: { readonly contract: Contract; readonly of: MonthCharges }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const client = useQueryClient()
  const asker = useAsker()
  const barred = barredFromContracting(asker)
  const disputes = barred === null || asker.access === 'customer'
  const [disputing, setDisputing] = useState<Charge | null>(null)
  const { month, currency, totalMinor, items, missing, state } = of
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const path = { params: { id: contract.id } }
  const told = async (work: Promise<unknown>, text: string) => {
    await work
    await client.invalidateQueries({ queryKey: ['contracts'] })
    notify(text)
  }
  const nameOf = ({ kind, name, amountMinor, about }: Charge) =>
    kind === 'credit'
      ? t(amountMinor > 0 ? 'contracts.credit-returned' : 'contracts.credit-for', {
          month: format.month(name),
          about: about ?? '',
        })
      : name
  const columns: readonly Column<Charge>[] = [
    { key: 'name', head: t('contracts.line'), narrow: 'lead', cell: nameOf },
    {
      key: 'quantity',
      head: t('contracts.quantity'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      cell: ({ quantity, unit, kind }) =>
        quantity === null || kind === 'pass-through'
          ? ''
          : kind === 'time'
            ? format.duration(quantity * 60_000)
            : `${format.number(quantity)} ${unit ?? ''}`,
    },
    {
      key: 'amount',
      head: t('contracts.amount'),
      width: '170px',
      numeric: true,
      narrow: 'trail',
      cell: (charge) => (
        <Door
          label={amount(charge.amountMinor)}
          title={`${nameOf(charge)}: ${amount(charge.amountMinor)}`}
          definition={t(`contracts.kind.${charge.kind as 'fixed'}`)}
          period={format.month(month)}
          sample={
            charge.reading &&
            t('contracts.reading', { source: charge.reading.source, when: format.instant(charge.reading.countedAt) })
          }
        >
          <ul>
            {charge.parts.map((part, index) => (
              <li key={index}>
                {t(`contracts.part.${part.says as 'fixed'}`, {
                  quantity: format.number(part.quantity),
                  unit: amount(part.unitMinor),
                  amount: amount(part.amountMinor),
                })}
              </li>
            ))}
          </ul>
        </Door>
      ),
    },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '26%',
      narrow: 'under',
      cell: (charge) => (
        <>
          <ChargeStateWord state={charge.state} />{' '}
          {charge.state === 'reviewed' && disputes && (
            <TextButton onClick={() => setDisputing(charge)}>{t('contracts.dispute')}</TextButton>
          )}
          {charge.renegotiate && <span className="pl-quiet"> {t('contracts.renegotiate')}</span>}
        </>
      ),
    },
  ]
  return (
    <>
      <p>
        {t('contracts.month-total', { month: format.month(month), total: amount(totalMinor) })}{' '}
        {missing.length > 0 && t('contracts.missing', { lines: format.list(missing.map(({ name }) => name)) })}
      </p>
      <Table dense label={t('contracts.charges')} columns={columns} rows={items} rowKey={({ id }) => id} />
      {disputing && (
        <DisputeDialog
          amountMinor={disputing.amountMinor}
          currency={currency}
          dispute={(body) => call(api.disputeCharge, { params: { id: disputing.id }, body })}
          done={t('contracts.charge-state.disputed')}
          onClose={() => setDisputing(null)}
        />
      )}
      {barred === null && (
        <Buttons>
          {(state === 'agreed' || state === 'invoiced' || state === 'paid') && (
            <>
              <DownloadLink href={`/api/v1/contracts/${contract.id}/invoices/${month}`} download>
                {t('contracts.invoice-xml')}
              </DownloadLink>
              <DownloadLink
                href={`/api/v1/contracts/${contract.id}/invoices/${month}?format=csv&decimal=${t('contracts.decimal') === ',' ? 'comma' : 'point'}`}
                download
              >
                {t('contracts.invoice-csv')}
              </DownloadLink>
            </>
          )}
          {state === 'draft' && (
            <Button
              onClick={() => void told(call(api.draftCharges, { ...path, body: { month } }), t('contracts.reckoned'))}
            >
              {t('contracts.reckon')}
            </Button>
          )}
          {reachable(chargeLifecycle, state)
            .filter((to) => to !== 'disputed')
            .map((to) => (
              <Button
                key={to}
                onClick={() =>
                  void told(call(api.moveCharges, { ...path, body: { month, to } }), t(`contracts.charge-state.${to}`))
                }
              >
                {t(`contracts.charge-step.${to}`)}
              </Button>
            ))}
        </Buttons>
      )}
    </>
  )
}
