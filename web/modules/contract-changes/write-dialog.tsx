import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/contract-changes'
import type { Change } from '#api/contract-changes'
import { decimalsOf } from '#core/exchange.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { DraftField, type Drafted, draftKey, draftOf } from './draft-field.tsx'
import { type Impact, ImpactFields, impactOf } from './impact-fields.tsx'
import { type Priced, PriceRows, priceRows, pricesOf, usePriceCheck } from './price-rows.tsx'
import { changingQuery } from './queries.ts'

interface Values extends Priced, Drafted, Impact {
  readonly title: string
  readonly description: string
  readonly offerValidUntil: string
}

/** Says anew what a change does, as it is negotiated: words, how long the offer holds, margin, prices, draft. */
export function WriteDialog({ change, onClose }: { readonly change: Change; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, contract, prices, margin } = change
  const decimals = decimalsOf(contract.currency)
  const { lines, drafts } = useSuspenseQuery(changingQuery(contract.id)).data
  const priceCheck = usePriceCheck()
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const form = useForm<Values>({
    initial: {
      title: change.title,
      description: change.description,
      scopeImpact: change.scopeImpact ?? '',
      levelImpact: change.levelImpact ?? '',
      offerValidUntil: change.offerValidUntil ?? '',
      revenue: margin === null ? null : margin.revenueMinor / 10 ** decimals,
      cost: margin === null ? null : margin.costMinor / 10 ** decimals,
      draft: change.agreementId === null ? '' : draftKey(change.agreementId, change.agreementVersionId ?? ''),
      prices: priceRows(prices, decimals),
    },
    check: ({ title, description, offerValidUntil, prices: typed }) => ({
      title: title.trim() === '' ? t('changes.title-missing') : undefined,
      description: description.trim() === '' ? t('changes.description-missing') : undefined,
      offerValidUntil:
        offerValidUntil === '' || /^\d{4}-\d{2}-\d{2}$/.test(offerValidUntil) ? undefined : t('changes.day-missing'),
      prices: priceCheck({ prices: typed }),
    }),
    async submit(values) {
      const { title, description, offerValidUntil } = values
      const body = {
        title,
        description,
        origin: change.origin,
        offerValidUntil: offerValidUntil || null,
        agreement: draftOf(values),
        ...impactOf(values, decimals),
        prices: pricesOf(values, lines, decimals),
      }
      await call(api.putChange, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['changes'] })
      notify(t('changes.written'))
      onClose()
    },
  })
  return (
    <Dialog title={t('changes.write')} onClose={onClose} width={600}>
      <Form form={form} action={t('changes.write-keep')} onCancel={onClose}>
        <TextField field={form.field('title')} label={t('changes.name')} maxLength={200} />
        <TextAreaField field={form.field('description')} label={t('changes.description')} rows={3} maxLength={4000} />
        <TextField field={form.field('offerValidUntil')} label={t('changes.valid-until')} type="date" optional />
        <ImpactFields form={form} decimals={decimals} />
        <DraftField form={form} drafts={drafts} />
        <PriceRows form={form} lines={lines} decimals={decimals} month={next} />
      </Form>
    </Dialog>
  )
}
