import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/margin'
import { barredFromContracting, type Profit } from '#api/margin'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { PostingList } from './posting-list.tsx'

interface OfContract {
  readonly contractId: string
  readonly currency: string
}

/** What was worked and nobody pays, as a door to what was booked. */
export function UnpaidWork({ contractId, currency, unpaid }: OfContract & Pick<Profit, 'unpaid'>) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  if (unpaid.minutes === 0) return null
  const amount = money({ amountMinor: unpaid.amountMinor, currency })
  const title = t('margin.unpaid', { amount })
  return (
    <Section title={title} hint={t('margin.unpaid-hint', { time: format.duration(unpaid.minutes * 60_000) })}>
      <Door
        label={t('margin.unpaid-open', { amount })}
        title={title}
        definition={t('margin.unpaid-definition')}
        period={t('margin.all-months')}
        width={460}
      >
        <PostingList contractId={contractId} of="unpaid" currency={currency} />
      </Door>
    </Section>
  )
}

/** What an hour of own work costs, from which month on. */
export function LabourRates({ contractId, currency, labourRates }: OfContract & Pick<Profit, 'labourRates'>) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const [saying, setSaying] = useState(false)
  const barred = barredFromContracting(useAsker())
  return (
    <SideSection title={t('margin.own-work')}>
      {labourRates.length === 0 ? (
        <p className="pl-quiet">{t('margin.no-rate')}</p>
      ) : (
        <Facts
          facts={labourRates.map(({ validFrom, hourMinor }) => ({
            name: t('margin.rate-from', { month: format.month(validFrom) }),
            value: money({ amountMinor: hourMinor, currency }),
          }))}
        />
      )}
      {barred === null && (
        <p>
          <TextButton onClick={() => setSaying(true)}>{t('margin.say-rate')}</TextButton>
        </p>
      )}
      {saying && <RateDialog contractId={contractId} currency={currency} onClose={() => setSaying(false)} />}
    </SideSection>
  )
}

function RateDialog({ contractId, currency, onClose }: OfContract & { readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const digits = decimalsOf(currency)
  const form = useForm<{ validFrom: string; hour: number | null }>({
    initial: { validFrom: useNow().toISOString().slice(0, 7), hour: null },
    check: ({ validFrom, hour }) => ({
      validFrom: /^\d{4}-(0[1-9]|1[0-2])$/.test(validFrom) ? undefined : t('margin.month-missing'),
      hour: hour === null || hour <= 0 ? t('margin.amount-missing') : undefined,
    }),
    async submit({ validFrom, hour }) {
      const body = { validFrom, hourMinor: Math.round((hour ?? 0) * 10 ** digits) }
      await call(api.putLabourRate, { params: { id: contractId }, body })
      await client.invalidateQueries({ queryKey: ['margin'] })
      notify(t('margin.rate-said'))
      onClose()
    },
  })
  return (
    <Dialog title={t('margin.say-rate')} onClose={onClose}>
      <Form form={form} action={t('margin.say-rate')} onCancel={onClose}>
        <p className="pl-quiet">{t('margin.rate-hint')}</p>
        <FieldRow>
          <TextField field={form.field('validFrom')} label={t('margin.from-month')} hint={t('margin.month-form')} />
          <NumberField field={form.field('hour')} label={t('margin.own-work')} digits={digits} min={0} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}
