import * as api from '#api/major-incidents'
import type { MajorIncidentPage, Reckoning } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSaving } from '#web/ui/use-saving.ts'
import { useChanged } from './queries.ts'

/** Shares as people type them, and amounts in whole units of the currency. */
const BP = 100
const MINOR = 100

interface Values {
  readonly users: number | null
  readonly minutes: number | null
  readonly loss: number | null
  readonly lossTo: number | null
  readonly rate: number | null
  readonly units: number | null
  readonly unitMinutes: number | null
  readonly unitRate: number | null
  readonly currency: string
  readonly basis: string
  readonly drop: boolean
}

interface CostDialogProps {
  readonly major: MajorIncidentPage
  readonly onClose: () => void
}

/** What an outage cost those it hit: who and what stood still, for how long, and what that is worth. */
export function CostDialog({ major, onClose }: CostDialogProps) {
  const t = useText()
  const changed = useChanged()
  const saving = useSaving<MajorIncidentPage>(major, () => call(api.getMajorIncident, { params: { id: major.id } }))
  async function save(reckoning: Reckoning | null) {
    await saving.save((match) =>
      call(api.changeMajorIncident, { params: { id: major.id }, match, body: { reckoning } }),
    )
    await changed()
    notify(t('major-incidents.cost-done'))
    onClose()
  }
  const form = useForm<Values>({
    initial: valuesOf(major),
    check: ({ loss, lossTo, currency, basis, drop }) => ({
      ...(!drop && lossTo !== null && lossTo < (loss ?? 0) && { lossTo: t('major-incidents.cost-loss-wrong') }),
      ...(!drop && !/^[A-Z]{3}$/.test(currency) && { currency: t('major-incidents.cost-currency-wrong') }),
      ...(!drop && basis.trim() === '' && { basis: t('major-incidents.cost-basis-needed') }),
    }),
    submit: async ({ drop, users, minutes, loss, lossTo, rate, units, unitMinutes, unitRate, currency, basis }) => {
      if (drop) return save(null)
      const lossBp = Math.round((loss ?? 0) * BP)
      return save({
        users: users ?? 0,
        minutes: minutes ?? 0,
        lossBp,
        lossToBp: lossTo === null ? lossBp : Math.round(lossTo * BP),
        rateMinor: Math.round((rate ?? 0) * MINOR),
        units: units ?? 0,
        unitMinutes: unitMinutes ?? 0,
        unitRateMinor: Math.round((unitRate ?? 0) * MINOR),
        currency,
        basis: basis.trim(),
      })
    },
  })
  const { field } = form
  return (
    <Dialog title={t('major-incidents.cost-title')} onClose={onClose}>
      <Form form={form} action={t('major-incidents.save')} onCancel={onClose}>
        <p className="pl-quiet">{t('major-incidents.cost-lede')}</p>
        <FieldRow>
          <NumberField field={field('users')} label={t('major-incidents.cost-users')} min={0} optional />
          <NumberField field={field('minutes')} label={t('major-incidents.cost-minutes')} min={0} optional />
        </FieldRow>
        <FieldRow>
          <NumberField
            field={field('loss')}
            label={t('major-incidents.cost-loss')}
            min={0}
            max={100}
            digits={2}
            optional
          />
          <NumberField
            field={field('lossTo')}
            label={t('major-incidents.cost-loss-to')}
            min={0}
            max={100}
            digits={2}
            optional
          />
          <NumberField field={field('rate')} label={t('major-incidents.cost-rate')} min={0} digits={2} optional />
        </FieldRow>
        <FieldRow>
          <NumberField
            field={field('units')}
            label={t('major-incidents.cost-units')}
            hint={t('major-incidents.cost-units-hint')}
            min={0}
            optional
          />
          <NumberField field={field('unitMinutes')} label={t('major-incidents.cost-unit-minutes')} min={0} optional />
          <NumberField
            field={field('unitRate')}
            label={t('major-incidents.cost-unit-rate')}
            min={0}
            digits={2}
            optional
          />
        </FieldRow>
        <TextField field={field('currency')} label={t('major-incidents.cost-currency')} maxLength={3} />
        <TextAreaField
          field={field('basis')}
          label={t('major-incidents.cost-basis')}
          hint={t('major-incidents.cost-basis-hint')}
          rows={2}
        />
        {major.reckoning !== null && <CheckField field={field('drop')} label={t('major-incidents.cost-drop')} />}
      </Form>
    </Dialog>
  )
}

function valuesOf({ reckoning, affectedUsers }: MajorIncidentPage): Values {
  if (reckoning === null) {
    const none = { minutes: null, loss: null, lossTo: null, rate: null, units: null, unitMinutes: null, unitRate: null }
    return { ...none, users: affectedUsers, currency: 'EUR', basis: '', drop: false }
  }
  const { users, minutes, lossBp, lossToBp, rateMinor, units, unitMinutes, unitRateMinor, currency, basis } = reckoning
  return {
    users,
    minutes,
    loss: lossBp / BP,
    lossTo: lossToBp === lossBp ? null : lossToBp / BP,
    rate: rateMinor / MINOR,
    units,
    unitMinutes,
    unitRate: unitRateMinor / MINOR,
    currency,
    basis,
    drop: false,
  }
}
