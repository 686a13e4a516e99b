import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/contracts'
import type { ChargeLine, Indexation, IndexedLine } from '#api/contracts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'

interface IndexDialogProps {
  readonly contractId: string
  readonly currency: string
  /** Those that have a price which may follow. */
  readonly lines: readonly ChargeLine[]
  readonly onClose: () => void
}

interface Values {
  readonly index: string
  readonly validFrom: string
  readonly base: number | null
  readonly current: number | null
  readonly indexable: number | null
  readonly cap: number | null
  readonly never: boolean
}

/** Lets prices follow an index: first tried, then kept. */
export function IndexDialog({ contractId, currency, lines, onClose }: IndexDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const [tried, setTried] = useState<{ readonly of: string; readonly reply: Indexation } | null>(null)
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const form = useForm<Values>({
    initial: { index: '', validFrom: next, base: null, current: null, indexable: 100, cap: null, never: true },
    check: ({ index, validFrom, base, current }) => ({
      index: index.trim() === '' ? t('contracts.index-missing') : undefined,
      validFrom: /^\d{4}-(0[1-9]|1[0-2])$/.test(validFrom) ? undefined : t('contracts.month-missing'),
      base: base === null || base <= 0 ? t('contracts.index-above') : undefined,
      current: current === null || current <= 0 ? t('contracts.index-above') : undefined,
    }),
    async submit({ index, validFrom, base, current, indexable, cap, never }) {
      const terms = {
        indexableBp: Math.round((indexable ?? 100) * 100),
        capBp: cap === null ? null : Math.round(cap * 100),
        floorBp: null,
        neverBelowLast: never,
      }
      const thousandths = (value: number | null) => Math.round((value ?? 0) * 1000)
      const readings = { base: thousandths(base), current: thousandths(current) }
      const body = { index, validFrom, ...readings, terms, lines: lines.map(({ id }) => id) }
      const of = JSON.stringify(body)
      if (tried?.of !== of) {
        setTried({
          of,
          reply: await call(api.indexPrices, { params: { id: contractId }, body: { ...body, trial: true } }),
        })
        return
      }
      await call(api.indexPrices, { params: { id: contractId }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.indexed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.index-prices')} onClose={onClose}>
      <Form form={form} action={t(tried === null ? 'contracts.index-try' : 'contracts.index-keep')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('index')} label={t('contracts.index')} maxLength={120} />
          <TextField
            field={form.field('validFrom')}
            label={t('contracts.from-month')}
            hint={t('contracts.month-hint')}
          />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('base')} label={t('contracts.index-base')} digits={3} min={0} />
          <NumberField field={form.field('current')} label={t('contracts.index-current')} digits={3} min={0} />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('indexable')} label={t('contracts.indexable')} digits={2} min={0} max={100} />
          <NumberField field={form.field('cap')} label={t('contracts.index-cap')} digits={2} min={0} optional />
        </FieldRow>
        <CheckField field={form.field('never')} label={t('contracts.index-never')} />
        {tried !== null && <Tried lines={tried.reply.lines} currency={currency} />}
      </Form>
    </Dialog>
  )
}

function Tried({ lines, currency }: { readonly lines: readonly IndexedLine[]; readonly currency: string }) {
  const t = useText()
  const money = useMoney()
  const columns: readonly Column<IndexedLine>[] = [
    { key: 'name', head: t('contracts.line'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'before',
      head: t('contracts.says-now'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      cell: ({ beforeMinor }) => money({ amountMinor: beforeMinor, currency }),
    },
    {
      key: 'after',
      head: t('contracts.would'),
      width: '130px',
      numeric: true,
      narrow: 'trail',
      cell: ({ afterMinor }) => money({ amountMinor: afterMinor, currency }),
    },
    {
      key: 'limited',
      head: t('contracts.index-limit'),
      width: '120px',
      narrow: 'under',
      cell: ({ limited }) => (limited === null ? '–' : t(`contracts.index-limit.${limited}`)),
    },
  ]
  return (
    <Table dense label={t('contracts.index-prices')} columns={columns} rows={lines} rowKey={({ lineId }) => lineId} />
  )
}
