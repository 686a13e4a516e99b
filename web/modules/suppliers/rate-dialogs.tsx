import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as people from '#api/people'
import * as api from '#api/suppliers'
import type { PoolView } from '#api/suppliers'
import { decimalsOf } from '#core/exchange.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'

interface RateDialogProps {
  readonly pool: PoolView
  readonly currency: string
  readonly onClose: () => void
}

/** What a unit costs from a month on; what was accepted before keeps its price. */
export function RateDialog({ pool: { id, name, rates }, currency, onClose }: RateDialogProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const client = useQueryClient()
  const digits = decimalsOf(currency)
  const form = useForm<{ validFrom: string; price: number | null }>({
    initial: { validFrom: monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7), price: null },
    check: ({ validFrom, price }) => ({
      validFrom: /^\d{4}-(0[1-9]|1[0-2])$/.test(validFrom) ? undefined : t('suppliers.month-missing'),
      price: price === null || price < 0 ? t('suppliers.price-missing') : undefined,
    }),
    async submit({ validFrom, price }) {
      const body = { validFrom, unitMinor: Math.round((price ?? 0) * 10 ** digits) }
      await call(api.addPoolRate, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      notify(t('suppliers.price-said'))
      onClose()
    },
  })
  return (
    <Dialog title={t('suppliers.new-price-of', { name })} onClose={onClose}>
      <Form form={form} action={t('suppliers.new-price')} onCancel={onClose}>
        <ul className="pl-quiet">
          {rates.map(({ validFrom, unitMinor }) => (
            <li key={validFrom}>
              {t('suppliers.price-from', {
                month: format.month(validFrom),
                price: money({ amountMinor: unitMinor, currency }),
              })}
            </li>
          ))}
        </ul>
        <FieldRow>
          <TextField
            field={form.field('validFrom')}
            label={t('suppliers.from-month')}
            hint={t('suppliers.month-hint')}
          />
          <NumberField
            field={form.field('price')}
            label={`${t('suppliers.price')} (${currency})`}
            digits={digits}
            min={0}
          />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** Who coordinates at a supplier signs in for it; the role for it is given under people. */
export function SignInDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { data = [] } = useQuery({
    queryKey: ['choices', 'people', 'provider'],
    queryFn: async ({ signal }) =>
      (await call(people.listPeople, { query: { home: 'provider', limit: 200 } }, signal)).items,
  })
  const form = useForm({
    initial: { person: '' },
    check: ({ person }) => ({ person: person === '' ? t('suppliers.person-missing') : undefined }),
    async submit({ person }) {
      await call(api.addSupplierPerson, { params: { id }, body: { person } })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      notify(t('suppliers.sign-in-added'))
      onClose()
    },
  })
  return (
    <Dialog title={t('suppliers.sign-in-add')} onClose={onClose}>
      <Form form={form} action={t('suppliers.sign-in-add')} onCancel={onClose}>
        <PersonField
          field={form.field('person')}
          label={t('suppliers.person')}
          hint={t('suppliers.sign-in-hint')}
          people={data}
        />
      </Form>
    </Dialog>
  )
}
