import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/organisation'
import { recordNumber } from '#core/record-number.ts'
import { useSettings } from '#web/app/settings-query.ts'
import { call } from '#web/http/call.ts'
import { Empty } from '#web/ui/empty.tsx'
import { NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

function numberingQuery() {
  return queryOptions({ queryKey: ['numbering'], queryFn: ({ signal }) => call(api.listNumbering, {}, signal) })
}

/** How records are numbered, and what the next one of each customer will be called. */
export function Numbering() {
  return (
    <>
      <NumberForm />
      <ByCustomer />
    </>
  )
}

/** Of what a number could be, so that the form is seen before anybody has it. */
const SAMPLE = { key: 'NHL', number: 1042 }

interface NumberValues {
  readonly prefix: string
  readonly digits: number | null
  readonly requestPrefix: string
  readonly requestDigits: number | null
}

function NumberForm() {
  const t = useText()
  const cache = useQueryClient()
  const { settings, change } = useSettings()
  const { data } = useSuspenseQuery(numberingQuery())
  const { least, most } = api.numberDigits
  const { incident, request } = settings.numbering
  const form = useForm<NumberValues>({
    initial: { ...incident, requestPrefix: request.prefix, requestDigits: request.digits },
    check: ({ prefix, digits, requestPrefix, requestDigits }) => {
      const asked = prefixTyped(requestPrefix)
      return {
        prefix: isPrefix(prefixTyped(prefix)) ? undefined : t('settings.numbering.prefix-wrong'),
        digits: areDigits(digits) ? undefined : t('settings.between', { least, most }),
        requestPrefix: asked !== '' && isPrefix(asked) ? undefined : t('settings.numbering.prefix-wrong'),
        requestDigits: areDigits(requestDigits) ? undefined : t('settings.between', { least, most }),
      }
    },
    async submit({ prefix, digits, requestPrefix, requestDigits }) {
      await change({
        numbering: {
          incident: { prefix: prefixTyped(prefix), digits: digits! },
          request: { prefix: prefixTyped(requestPrefix), digits: requestDigits! },
        },
      })
      await cache.invalidateQueries({ queryKey: ['numbering'] })
      notify(t('settings.saved'))
    },
  })
  const { prefix, digits } = form.values
  const { key, number } = data.items[0] ?? SAMPLE
  const shown = isPrefix(prefixTyped(prefix)) && areDigits(digits)
  return (
    <Section title={t('settings.numbering')} hint={t('settings.numbering-hint')}>
      <Form form={form} guard action={t('settings.save')}>
        <TextField
          field={form.field('prefix')}
          label={t('settings.numbering.prefix')}
          hint={t('settings.numbering.prefix-hint')}
          maxLength={8}
          optional
        />
        <NumberField
          field={form.field('digits')}
          label={t('settings.numbering.digits')}
          hint={t('settings.numbering.digits-hint')}
        />
        <TextField
          field={form.field('requestPrefix')}
          label={t('settings.numbering.request-prefix')}
          hint={t('settings.numbering.request-hint')}
          maxLength={8}
        />
        <NumberField field={form.field('requestDigits')} label={t('settings.numbering.request-digits')} />
        {shown && (
          <p aria-live="polite">
            {t('settings.numbering.sample', {
              number: recordNumber({ prefix: prefixTyped(prefix), digits: digits! }, key, number),
            })}
          </p>
        )}
      </Form>
    </Section>
  )
}

/** As it is sent: capitals. */
function prefixTyped(prefix: string): string {
  return prefix.trim().toUpperCase()
}

function isPrefix(prefix: string): boolean {
  return /^([A-Z][A-Z0-9]{0,7})?$/.test(prefix)
}

function areDigits(digits: number | null): boolean {
  const { least, most } = api.numberDigits
  return digits !== null && Number.isInteger(digits) && digits >= least && digits <= most
}

function ByCustomer() {
  const t = useText()
  const { data } = useSuspenseQuery(numberingQuery())
  const columns: readonly Column<api.Numbering>[] = [
    {
      key: 'name',
      head: t('settings.numbering.customer'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/customers/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'key', head: t('settings.numbering.key'), narrow: 'under', cell: ({ key }) => key },
    { key: 'next', head: t('settings.numbering.next'), narrow: 'trail', cell: ({ next }) => next },
  ]
  return (
    <Section title={t('settings.numbering.by-customer')} hint={t('settings.numbering.by-customer-hint')}>
      <Table
        label={t('settings.numbering.by-customer')}
        columns={columns}
        rows={data.items}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.numbering.none')}>{t('settings.numbering.none-more')}</Empty>}
      />
    </Section>
  )
}
