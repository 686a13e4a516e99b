import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/suppliers'
import type { SupplierClaim, SupplierContract } from '#api/suppliers'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { ClaimCases } from './claim-cases.tsx'
import { claimsQuery } from './queries.ts'
import { ClaimStateWord } from './words.tsx'

interface ClaimsProps {
  readonly contract: SupplierContract
  readonly barred: string | null
}

/** What a supplier caused of our credits by the clocks, and what became of claiming it back. */
export function ClaimsSection({ contract, barred }: ClaimsProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const client = useQueryClient()
  const { id, currency, recoveryBp } = contract
  const { data: claims } = useSuspenseQuery(claimsQuery(id))
  const [settled, setSettled] = useState<SupplierClaim | null>(null)
  if (claims.length === 0) return null
  async function claim({ credit, level }: SupplierClaim) {
    await call(api.claimFromSupplier, { params: { id }, body: { credit, level } })
    await client.invalidateQueries({ queryKey: ['suppliers'] })
    notify(t('suppliers.claim-said'))
  }
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const columns: readonly Column<SupplierClaim>[] = [
    {
      key: 'level',
      head: t('suppliers.level-missed'),
      narrow: 'lead',
      cell: ({ name, month, credit }) => (
        <>
          <Link to="/credits/$id" params={{ id: credit }}>
            {name}
          </Link>{' '}
          <span className="pl-quiet pl-nowrap">{format.month(month)}</span>
        </>
      ),
    },
    {
      key: 'credit',
      head: t('suppliers.cost-us'),
      width: '120px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.cost-us'),
      cell: ({ creditMinor }) => amount(creditMinor),
    },
    {
      key: 'caused',
      head: t('suppliers.caused'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.caused'),
      cell: (each) => <ClaimCases contract={contract} claim={each} />,
    },
    {
      key: 'amount',
      head: t('suppliers.claimable'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: ({ amountMinor, recoveredMinor }) => amount(recoveredMinor ?? amountMinor),
    },
    {
      key: 'state',
      head: t('suppliers.state'),
      width: '160px',
      narrow: 'under',
      cell: ({ state }) => <ClaimStateWord state={state} />,
    },
    {
      key: 'step',
      head: t('suppliers.next'),
      width: '170px',
      narrow: 'under',
      cell: (each) =>
        each.state === 'open' ? (
          <Button barred={barred} onClick={() => void claim(each)}>
            {t('suppliers.claim')}
          </Button>
        ) : (
          each.state === 'claimed' && (
            <Button barred={barred} onClick={() => setSettled(each)}>
              {t('suppliers.settle-claim')}
            </Button>
          )
        ),
    },
  ]
  return (
    <Section title={t('suppliers.claims')} hint={t('suppliers.claims-hint', { share: recoveryBp / 100 })}>
      <Table
        dense
        label={t('suppliers.claims')}
        columns={columns}
        rows={claims}
        rowKey={({ credit, level }) => `${credit} ${level}`}
      />
      {settled !== null && <SettleDialog claim={settled} currency={currency} onClose={() => setSettled(null)} />}
    </Section>
  )
}

interface SettleProps {
  readonly claim: SupplierClaim
  readonly currency: string
  readonly onClose: () => void
}

interface Settled {
  readonly to: 'recovered' | 'refused'
  readonly amount: number | null
  readonly note: string
}

/** What became of a claim. */
function SettleDialog({ claim: { id, amountMinor, version }, currency, onClose }: SettleProps) {
  const t = useText()
  const client = useQueryClient()
  const digits = decimalsOf(currency)
  const initial: Settled = { to: 'recovered', amount: amountMinor / 10 ** digits, note: '' }
  const form = useForm({
    initial,
    check: ({ to, amount }) => ({
      amount: to === 'recovered' && (amount === null || amount <= 0) ? t('suppliers.amount-missing') : undefined,
    }),
    async submit({ to, amount, note }) {
      const back = to === 'recovered' && amount !== null ? Math.round(amount * 10 ** digits) : null
      const body = { to, amountMinor: back, note: note.trim() || null }
      await call(api.settleSupplierClaim, { params: { id: id! }, body, match: version })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      notify(t(`suppliers.claim-state.${to}`))
      onClose()
    },
  })
  return (
    <Dialog title={t('suppliers.settle-claim')} onClose={onClose}>
      <Form form={form} action={t('suppliers.settle-claim')} onCancel={onClose}>
        <SelectField
          field={form.field('to')}
          label={t('suppliers.claim-result')}
          options={(['recovered', 'refused'] as const).map((value) => ({
            value,
            label: t(`suppliers.claim-state.${value}`),
          }))}
        />
        {form.values.to === 'recovered' && (
          <NumberField
            field={form.field('amount')}
            label={t('suppliers.claim-amount', { currency })}
            digits={digits}
            min={0}
            max={amountMinor / 10 ** digits}
          />
        )}
        <TextField field={form.field('note')} label={t('suppliers.claim-note')} maxLength={1000} optional />
      </Form>
    </Dialog>
  )
}
