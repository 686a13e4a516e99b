import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/customers'
import type { Customer } from '#api/customers'
import { barredFromAdministering } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { CustomerFields, type CustomerValues, isKey, keyTyped } from './customer-fields.tsx'
import { useLanguageName } from './language-name.ts'
import { MovedOn } from './moved-on.tsx'
import { edited, useSaving } from '#web/ui/use-saving.ts'

type ChangedValues = CustomerValues & Pick<Customer, 'closeAfterDays'>

/** After how many working days what is resolved is closed by itself, in words. */
export function closesWords(days: number | null, t: Say): string {
  return days === null ? t('customers.closes.never') : t('customers.closes.days', { days })
}

/** Name, key, zone, language, kind, and when what is resolved is closed. */
export function ChangeCustomerDialog({
  customer,
  onClose,
}: {
  readonly customer: Customer
  readonly onClose: () => void
}) {
  const t = useText()
  const cache = useQueryClient()
  const languageName = useLanguageName()
  const keyBarred = barredFromAdministering(useAsker())
  const { id } = customer
  const saving = useSaving(customer, () => call(api.getCustomer, { params: { id } }))
  const initial = valuesOf(customer)
  const form = useForm<ChangedValues>({
    initial,
    check: ({ name, key, timeZone, closeAfterDays: days }) => ({
      name: name.trim() === '' ? t('customers.name-missing') : undefined,
      key: isKey(key) ? undefined : t('customers.key-wrong'),
      timeZone: timeZone === '' ? t('customers.zone-missing') : undefined,
      closeAfterDays: days === null || (days >= 1 && days <= 60) ? undefined : t('customers.closes-wrong'),
    }),
    async submit(values) {
      const body = edited(initial, { ...values, key: keyTyped(values.key) })
      await saving.save((match) => call(api.changeCustomer, { params: { id }, body, match }))
      await Promise.all(
        ['customers', 'choices', 'agreements', 'numbering'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
      notify(t('customers.changed', { name: values.name }))
      onClose()
    },
  })
  const line = (name: string, of: (values: ChangedValues) => string) => ({
    name,
    theirs: of(saving.moved ?? customer),
    mine: of(form.values),
  })
  return (
    <Dialog title={t('customers.change.title', { name: customer.name })} onClose={onClose} width={520}>
      <Form
        form={form}
        action={t(saving.moved === null ? 'customers.save' : 'customers.save-mine')}
        barred={form.dirty ? null : t('customers.nothing-changed')}
        onCancel={onClose}
      >
        <CustomerFields form={form}>
          <TextField
            field={form.field('key')}
            label={t('customers.key')}
            hint={t(keyBarred ?? 'customers.key-change-hint')}
            maxLength={8}
            readOnly={keyBarred !== null}
          />
        </CustomerFields>
        <NumberField
          field={form.field('closeAfterDays')}
          label={t('customers.closes')}
          hint={t('customers.closes-hint')}
          optional
        />
        {saving.moved && (
          <MovedOn
            lines={[
              line(t('customers.name'), ({ name }) => name),
              line(t('customers.key'), ({ key }) => key),
              line(t('customers.zone'), ({ timeZone }) => timeZone),
              line(t('customers.language'), ({ language }) => languageName(language)),
              line(t('customers.kind'), ({ kind }) => t(`customers.kind.${kind}`)),
              line(t('customers.closes'), ({ closeAfterDays: days }) => closesWords(days, t)),
            ]}
          />
        )}
      </Form>
    </Dialog>
  )
}

function valuesOf({ name, key, kind, timeZone, language, closeAfterDays }: Customer): ChangedValues {
  return { name, key, kind, timeZone, language, closeAfterDays }
}
