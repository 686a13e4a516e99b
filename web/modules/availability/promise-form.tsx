import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/availability'
import type { AvailabilityPromise } from '#api/availability'
import { call } from '#web/http/call.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { FieldRow, NumberField, RadioField } from '#web/ui/field.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { type Row, rowsOf } from '#web/ui/rows.ts'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PartsField, type PartGroup } from './parts-field.tsx'
import { calendarsQuery, servicesQuery } from './queries.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'

interface Values {
  readonly customer: string
  readonly service: string
  readonly calendar: string
  readonly validFrom: Date | null
  /** Per cent. */
  readonly target: number | null
  readonly noticeDays: number | null
  /** Per cent of the service that counts as lost. */
  readonly degraded: number | null
  readonly impaired: number | null
  readonly basis: AvailabilityPromise['basis']
  readonly blind: AvailabilityPromise['blind']
  readonly parts: readonly Row<PartGroup>[]
}

interface PromiseFormProps {
  readonly customers: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[]
  readonly customer: string
  readonly service: string
  /** What is promised of the service until now. */
  readonly before: AvailabilityPromise | null
}

const DAY_MINUTES = 1440

export function PromiseForm({ customers, customer, service, before }: PromiseFormProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const written = useWritten()
  const late = useLate()
  const form = useForm<Values>({
    initial: {
      customer,
      service,
      calendar: before?.calendarId ?? '',
      validFrom: null,
      target: before === null ? null : before.targetPpm / 10_000,
      noticeDays: before === null ? 5 : before.noticeMinutes / DAY_MINUTES,
      degraded: (before?.weights.degraded ?? 5000) / 100,
      impaired: (before?.weights.impaired ?? 0) / 100,
      basis: before?.basis ?? 'service',
      blind: before?.blind ?? 'up',
      parts: rowsOf(before?.parts ?? []),
    },
    check,
    paths: { 'body.targetPpm': 'target', 'body.calendar': 'calendar', 'body.parts': 'parts' },
    async submit({ validFrom, target, noticeDays, degraded, impaired, parts, ...rest }) {
      const body = {
        ...rest,
        validFrom: validFrom!,
        targetPpm: Math.round(target! * 10_000),
        noticeMinutes: Math.round((noticeDays ?? 0) * DAY_MINUTES),
        weights: { degraded: Math.round((degraded ?? 0) * 100), impaired: Math.round((impaired ?? 0) * 100) },
        parts: parts.map(({ services: of, needed }) => ({ services: [...of], needed })),
      }
      const promise = async () => {
        const { serviceName, serviceId, customerId } = await call(api.addPromise, { body })
        await written(t('availability.promise.said', { service: serviceName }))
        void navigate({
          to: '/availability/$serviceId',
          params: { serviceId },
          search: { customer: customerId },
          ignoreBlocker: true,
        })
      }
      await late.write(promise, () => ({ of: 'promise', promise: body }))
    },
  })
  const { values } = form
  const zone = customers.find(({ id }) => id === values.customer)?.timeZone ?? browserZone()
  const { data: services = [] } = useQuery(servicesQuery(values.customer))
  const { data: calendars = [] } = useQuery(calendarsQuery(values.customer))
  const target = values.target
  const minutes = target === null ? null : (100 - target) * 0.01 * 720 * 60
  return (
    <Form
      form={form}
      guard
      action={t(late.asked ? 'availability.late.do' : 'availability.promise.do')}
      beside={<LinkButton to="/availability">{t('ui.cancel')}</LinkButton>}
    >
      <FieldRow>
        <SearchField
          field={{
            ...form.field('customer'),
            onChange: (id) => form.set({ customer: id, service: '', calendar: '', parts: [] }),
          }}
          label={t('availability.customer')}
          options={customers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SearchField
          field={form.field('service')}
          label={t('availability.service')}
          options={services.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FieldRow>
      <FieldRow>
        <NumberField
          field={form.field('target')}
          label={t('availability.promise.target')}
          hint={
            minutes === null
              ? t('availability.promise.target-hint')
              : t('availability.promise.target-means', { time: format.duration(minutes * 60_000) })
          }
          min={0}
          max={100}
          digits={4}
        />
        <SearchField
          field={form.field('calendar')}
          label={t('availability.hours')}
          hint={t('availability.promise.hours-hint')}
          options={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FieldRow>
      <MomentField
        field={form.field('validFrom')}
        label={t('availability.promise.from')}
        hint={before === null ? t('availability.promise.from-hint') : t('availability.promise.from-before')}
        zone={zone}
      />
      <NumberField
        field={form.field('noticeDays')}
        label={t('availability.promise.notice')}
        hint={t('availability.promise.notice-hint')}
        min={0}
        max={365}
        digits={3}
        width={200}
      />
      <FieldRow>
        <NumberField
          field={form.field('degraded')}
          label={t('availability.promise.degraded')}
          hint={t('availability.severity.degraded-hint')}
          min={0}
          max={100}
          digits={2}
        />
        <NumberField
          field={form.field('impaired')}
          label={t('availability.promise.impaired')}
          hint={t('availability.severity.impaired-hint')}
          min={0}
          max={100}
          digits={2}
        />
      </FieldRow>
      <RadioField
        field={form.field('basis')}
        label={t('availability.basis')}
        options={(['service', 'users'] as const).map((value) => ({
          value,
          label: t(`availability.basis.${value}`),
          hint: t(`availability.basis.${value}-hint`),
        }))}
      />
      <RadioField
        field={form.field('blind')}
        label={t('availability.blind')}
        options={(['up', 'down'] as const).map((value) => ({ value, label: t(`availability.blind.${value}`) }))}
      />
      {values.customer !== '' && (
        <PartsField field={form.field('parts')} services={services.filter(({ id }) => id !== values.service)} />
      )}
      <LateFields late={late} />
    </Form>
  )

  function check(typed: Values) {
    const within = (share: number | null) => share !== null && share >= 0 && share <= 100
    return {
      ...(typed.customer === '' && { customer: t('availability.promise.customer-missing') }),
      ...(typed.service === '' && { service: t('availability.promise.service-missing') }),
      ...(typed.calendar === '' && { calendar: t('availability.promise.hours-missing') }),
      ...(typed.validFrom === null && { validFrom: t('availability.moment-missing') }),
      ...((!within(typed.target) || typed.target === 0) && { target: t('availability.promise.target-wrong') }),
      ...(!within(typed.degraded) && { degraded: t('availability.promise.share-wrong') }),
      ...(!within(typed.impaired) && { impaired: t('availability.promise.share-wrong') }),
      ...(typed.parts.some(({ services: of }) => of.length === 0) && {
        parts: t('availability.promise.parts-empty'),
      }),
    }
  }
}
