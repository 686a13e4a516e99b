import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/contract-changes'
import type { Change } from '#api/contract-changes'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { noPrice, PriceFields, type PriceValues, termsOf, valuesOf } from '#web/modules/contracts/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { type Impact, ImpactFields, impactOf } from './impact-fields.tsx'

interface Values extends PriceValues, Impact {
  readonly title: string
  readonly description: string
  readonly offerValidUntil: string
  readonly validFrom: string
}

/** Says anew what a change does, as it is negotiated: words, how long the offer holds, margin, and its first price. */
export function WriteDialog({ change, onClose }: { readonly change: Change; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, contract, prices, margin } = change
  const decimals = decimalsOf(contract.currency)
  const [price, ...others] = prices
  const form = useForm<Values>({
    initial: {
      title: change.title,
      description: change.description,
      scopeImpact: change.scopeImpact ?? '',
      levelImpact: change.levelImpact ?? '',
      offerValidUntil: change.offerValidUntil ?? '',
      revenue: margin === null ? null : margin.revenueMinor / 10 ** decimals,
      cost: margin === null ? null : margin.costMinor / 10 ** decimals,
      validFrom: price?.validFrom ?? '',
      ...(price === undefined ? noPrice : valuesOf(price.terms, decimals)),
    },
    check: ({ title, description, offerValidUntil, validFrom }) => ({
      title: title.trim() === '' ? t('changes.title-missing') : undefined,
      description: description.trim() === '' ? t('changes.description-missing') : undefined,
      offerValidUntil:
        offerValidUntil === '' || /^\d{4}-\d{2}-\d{2}$/.test(offerValidUntil) ? undefined : t('changes.day-missing'),
      validFrom:
        price === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(validFrom) ? undefined : t('changes.month-missing'),
    }),
    async submit(values) {
      const { title, description, offerValidUntil, validFrom } = values
      const changed =
        price === undefined ? [] : [{ ...price, validFrom, terms: termsOf(price.terms.kind, values, decimals) }]
      const body = {
        title,
        description,
        origin: change.origin,
        offerValidUntil: offerValidUntil || null,
        agreement:
          change.agreementId === null || change.agreementVersionId === null
            ? null
            : { id: change.agreementId, versionId: change.agreementVersionId },
        ...impactOf(values, decimals),
        prices: [...changed, ...others] as never,
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
        <TextField
          field={form.field('offerValidUntil')}
          label={t('changes.valid-until')}
          hint={t('changes.day-hint')}
          optional
        />
        <ImpactFields form={form} decimals={decimals} />
        {price !== undefined && (
          <>
            <TextField
              field={form.field('validFrom')}
              label={t('changes.price-of', { name: price.name })}
              hint={t('changes.month-hint')}
            />
            <PriceFields kind={price.terms.kind} form={form} decimals={decimals} />
          </>
        )}
      </Form>
    </Dialog>
  )
}
