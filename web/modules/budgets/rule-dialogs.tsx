import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/budgets'
import { rateKinds } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { oursQuery } from './queries.ts'

interface DialogProps {
  readonly onClose: () => void
}

const CURRENCY = /^[A-Z]{3}$/
const minorOf = (amount: number | null, currency: string) => Math.round((amount ?? 0) * 10 ** decimalsOf(currency))

function useDone(onClose: () => void): () => Promise<void> {
  const t = useText()
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['budgets'] })
    notify(t('budgets.done'))
    onClose()
  }
}

/** Up to how much somebody approves. */
export function LimitDialog({ onClose }: DialogProps) {
  const t = useText()
  const done = useDone(onClose)
  const { data: people } = useSuspenseQuery(oursQuery())
  const form = useForm<{ person: string; currency: string; upTo: number | null }>({
    initial: { person: '', currency: 'EUR', upTo: null },
    check: ({ person, currency, upTo }) => ({
      person: person === '' ? t('budgets.person-missing') : undefined,
      currency: CURRENCY.test(currency) ? undefined : t('budgets.currency-missing'),
      upTo: upTo === null || upTo <= 0 ? t('budgets.amount-missing') : undefined,
    }),
    async submit({ person, currency, upTo }) {
      const body = { currency, upToMinor: minorOf(upTo, currency) }
      await call(api.putApprovalLimit, { params: { person }, body })
      await done()
    },
  })
  return (
    <Dialog title={t('budgets.limit-say')} onClose={onClose}>
      <Form form={form} action={t('budgets.limit-say')} onCancel={onClose}>
        <PersonField field={form.field('person')} label={t('budgets.person')} people={people} />
        <FieldRow>
          <NumberField field={form.field('upTo')} label={t('budgets.up-to')} digits={2} min={0} />
          <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** From which amounts on there is another step. */
export function StepsDialog({ onClose }: DialogProps) {
  const t = useText()
  const done = useDone(onClose)
  const form = useForm<{ currency: string; from: readonly (number | null)[] }>({
    initial: { currency: 'EUR', from: [0, 100_000] },
    check: ({ currency }) => ({ currency: CURRENCY.test(currency) ? undefined : t('budgets.currency-missing') }),
    async submit({ currency, from }) {
      const fromMinor = from.flatMap((each) => (each === null ? [] : [minorOf(each, currency)]))
      await call(api.putApprovalSteps, { params: { currency }, body: { fromMinor } })
      await done()
    },
  })
  const { from } = form.values
  return (
    <Dialog title={t('budgets.steps-say')} onClose={onClose}>
      <Form form={form} action={t('budgets.steps-say')} onCancel={onClose}>
        <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
        {from.map((each, index) => (
          <NumberField
            // Steps have no name but their number.
            key={index}
            field={{
              ...form.field('from'),
              value: each,
              onChange: (amount: number | null) =>
                form.set({ from: from.map((other, at) => (at === index ? amount : other)) }),
            }}
            label={t('budgets.step-field', { number: index + 1 })}
            digits={2}
            min={0}
          />
        ))}
        {from.length < 9 && (
          <p>
            <TextButton onClick={() => form.set({ from: [...from, null] })}>{t('budgets.step-more')}</TextButton>
          </p>
        )}
      </Form>
    </Dialog>
  )
}

/** Rates of some days; they convert once they are locked. */
export function RatesDialog({ onClose }: DialogProps) {
  const t = useText()
  const done = useDone(onClose)
  const form = useForm<{
    name: string
    kind: (typeof rateKinds)[number]
    validFrom: string
    validUntil: string
    from: string
    to: string
    rate: number | null
  }>({
    initial: { name: '', kind: 'average', validFrom: '', validUntil: '', from: 'GBP', to: 'EUR', rate: null },
    check: ({ name, validFrom, validUntil, from, to, rate }) => ({
      name: name.trim() === '' ? t('budgets.name-missing') : undefined,
      validFrom: validFrom === '' ? t('budgets.day-missing') : undefined,
      validUntil: validUntil === '' ? t('budgets.day-missing') : undefined,
      from: CURRENCY.test(from) ? undefined : t('budgets.currency-missing'),
      to: CURRENCY.test(to) ? undefined : t('budgets.currency-missing'),
      rate: rate === null || rate <= 0 ? t('budgets.rate-missing') : undefined,
    }),
    async submit({ name, kind, validFrom, validUntil, from, to, rate }) {
      const rates = [{ from, to, rate: String(rate) }]
      await call(api.addRateSet, { body: { name, kind, validFrom, validUntil, rates } })
      await done()
    },
  })
  return (
    <Dialog title={t('budgets.rates-new')} onClose={onClose} width={560}>
      <Form form={form} action={t('budgets.rates-new')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('name')} label={t('budgets.name')} maxLength={120} autoFocus />
          <SelectField
            field={form.field('kind')}
            label={t('budgets.kind')}
            options={rateKinds.map((value) => ({ value, label: t(`budgets.rate-kind.${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('validFrom')} type="date" label={t('budgets.from-day')} />
          <TextField field={form.field('validUntil')} type="date" label={t('budgets.until-day')} />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('from')} label={t('budgets.from-currency')} maxLength={3} />
          <NumberField field={form.field('rate')} label={t('budgets.rate')} digits={8} min={0} />
          <TextField field={form.field('to')} label={t('budgets.to-currency')} maxLength={3} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** What money that is asked for is called. */
export function WordDialog({ word, onClose }: DialogProps & { readonly word: string }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ word: string }>({
    initial: { word },
    check: (written) => ({ word: written.word.trim() === '' ? t('budgets.word-missing') : undefined }),
    async submit(written) {
      const { appropriation } = await call(api.putBudgetWord, { body: { appropriation: written.word.trim() } })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.word-said', { word: appropriation }))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.word')} onClose={onClose}>
      <Form form={form} action={t('budgets.word-say')} onCancel={onClose}>
        <TextField field={form.field('word')} label={t('budgets.word-field')} maxLength={40} autoFocus />
      </Form>
    </Dialog>
  )
}
