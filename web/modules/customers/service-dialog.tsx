import { useQueryClient } from '@tanstack/react-query'
import type { Customer } from '#api/customers'
import * as api from '#api/services'
import type { Service } from '#api/services'
import { call } from '#web/http/call.ts'
import { RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import { useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { edited, useSaving } from '#web/ui/use-saving.ts'

const criticalities = ['1', '2', '3', '4'] as const
type Criticality = (typeof criticalities)[number]
const lifecycles = ['proposed', 'defined', 'design', 'live', 'retiring', 'retired'] as const

interface Values {
  readonly name: string
  readonly criticality: Criticality
  readonly lifecycle: Service['lifecycle']
  readonly offeredTo: 'customer' | 'all'
}

interface ServiceDialogProps {
  readonly customer: Customer
  /** The one to change; none to add one. */
  readonly service: Service | null
  readonly onClose: () => void
}

/** What people use, and how much hangs on it. */
export function ServiceDialog({ customer, service, onClose }: ServiceDialogProps) {
  const t = useText()
  const cache = useQueryClient()
  const initial = valuesOf(service)
  const saving = useSaving<Pick<Service, 'version' | 'name' | 'criticality' | 'lifecycle' | 'customerId'>>(
    service ?? { version: 0, name: '', criticality: 3, lifecycle: 'live', customerId: customer.id },
    () => call(api.getService, { params: { id: service?.id ?? '' } }),
  )
  const form = useForm<Values>({
    initial,
    check: ({ name }) => ({ name: name.trim() === '' ? t('customers.service.name-missing') : undefined }),
    async submit(values) {
      const { name, criticality, offeredTo } = values
      if (service === null) {
        const body = {
          name,
          criticality: Number(criticality),
          ...(offeredTo === 'customer' && { customer: customer.id }),
        }
        await call(api.addService, { body })
      } else {
        const { criticality: changed, offeredTo: _, ...rest } = edited(initial, values)
        const body = { ...rest, ...(changed !== undefined && { criticality: Number(changed) }) }
        await saving.save((match) => call(api.changeService, { params: { id: service.id }, body, match }))
      }
      await Promise.all(['services', 'choices'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
      notify(t(service === null ? 'customers.service.added' : 'customers.changed', { name }))
      onClose()
    },
  })
  const line = (name: string, of: (values: Values) => string) => ({
    name,
    theirs: of(saving.moved === null ? initial : valuesOf(saving.moved)),
    mine: of(form.values),
  })
  return (
    <RecordDialog
      customer={customer}
      kind="service"
      record={service}
      form={form}
      moved={
        saving.moved && [
          line(t('customers.name'), (values) => values.name),
          line(t('customers.service.criticality'), ({ criticality }) =>
            t(`customers.service.criticality.${criticality}`),
          ),
          line(t('customers.service.lifecycle'), ({ lifecycle }) => t(`customers.service.lifecycle.${lifecycle}`)),
        ]
      }
      onClose={onClose}
    >
      <TextField
        field={form.field('name')}
        label={t('customers.name')}
        hint={t('customers.service.name-hint')}
        maxLength={200}
        autoFocus
      />
      <SelectField
        field={form.field('criticality')}
        label={t('customers.service.criticality')}
        options={criticalities.map((value) => ({ value, label: t(`customers.service.criticality.${value}`) }))}
      />
      {service === null ? (
        <RadioField
          field={form.field('offeredTo')}
          label={t('customers.service.for')}
          options={[
            { value: 'customer', label: t('customers.service.for-one', { name: customer.name }) },
            { value: 'all', label: t('customers.service.for-all') },
          ]}
        />
      ) : (
        <SelectField
          field={form.field('lifecycle')}
          label={t('customers.service.lifecycle')}
          options={lifecycles.map((value) => ({ value, label: t(`customers.service.lifecycle.${value}`) }))}
        />
      )}
    </RecordDialog>
  )
}

function valuesOf(service: Pick<Service, 'name' | 'criticality' | 'lifecycle' | 'customerId'> | null): Values {
  if (service === null) return { name: '', criticality: '3', lifecycle: 'live', offeredTo: 'customer' }
  const { name, criticality, lifecycle, customerId } = service
  return {
    name,
    criticality: criticalityOf(criticality),
    lifecycle,
    offeredTo: customerId === null ? 'all' : 'customer',
  }
}

export function criticalityOf(criticality: number): Criticality {
  return criticalities.find((known) => Number(known) === criticality) ?? '3'
}
