import type { Calendar } from '#api/service-levels'
import { FieldRow, RadioField, TextField } from '#web/ui/field.tsx'
import { useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { RequestForm } from './request-form.tsx'
import { useRequest } from './use-request.ts'
import { whyErrors, whyOf } from './why-fields.tsx'

/** A day that is over was another day than the calendar says: a holiday was forgotten, or somebody was there otherwise. */
export function CalendarCorrection({ calendar }: { readonly calendar: Calendar }) {
  const t = useText()
  const request = useRequest()
  const initial = {
    date: '',
    hours: 'closed' as 'closed' | 'other',
    opens: '08:00',
    closes: '12:00',
    label: '',
    reason: '',
    evidence: '',
  }
  const form = useForm({
    initial,
    paths: { 'change.date': 'date', 'change.label': 'label', 'change.windows': 'opens' },
    check: ({ date, hours, opens, closes, ...why }) => ({
      ...(date === '' && { date: t('corrections.new.date-needed') }),
      ...(hours === 'other' && minutesOf(opens) >= minutesOf(closes) && { closes: t('corrections.new.hours-wrong') }),
      ...whyErrors(t, why),
    }),
    submit: ({ date, hours, opens, closes, label, ...why }) =>
      request({
        ...whyOf(why),
        change: {
          kind: 'late-holiday',
          calendar: calendar.id,
          date,
          label: label.trim(),
          windows: hours === 'closed' ? [] : [{ opens: minutesOf(opens), closes: minutesOf(closes) }],
        },
      }),
  })
  return (
    <RequestForm form={form}>
      <TextField
        type="date"
        field={form.field('date')}
        label={t('corrections.new.date')}
        hint={t('corrections.new.date-hint')}
      />
      <RadioField
        field={form.field('hours')}
        label={t('corrections.new.hours')}
        options={[
          { value: 'closed', label: t('corrections.new.closed') },
          { value: 'other', label: t('corrections.new.other-hours') },
        ]}
      />
      {form.values.hours === 'other' && (
        <FieldRow>
          <TextField type="time" field={form.field('opens')} label={t('corrections.new.opens')} />
          <TextField type="time" field={form.field('closes')} label={t('corrections.new.closes')} />
        </FieldRow>
      )}
      <TextField
        field={form.field('label')}
        label={t('corrections.new.label')}
        hint={t('corrections.new.label-hint')}
        maxLength={100}
        optional
      />
    </RequestForm>
  )
}

/** Of `08:30`, after midnight; NaN for what is none. */
function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
