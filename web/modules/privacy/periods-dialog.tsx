import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/privacy'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface PeriodsDialogProps {
  readonly kept: api.Retention['classes'][number]
  readonly onClose: () => void
}

/** `DE 24`, or `FR` for good. */
const LINE = /^([A-Za-z]{2})(?:[ :=\t]+(\d{1,3}))?$/

/** How long records of one class are kept: for all countries, and where it differs. */
export function PeriodsDialog({ kept, onClose }: PeriodsDialogProps) {
  const t = useText()
  const cache = useQueryClient()
  const forAll = kept.periods.find(({ country }) => country === '')
  const lines = kept.periods
    .filter(({ country }) => country !== '')
    .map(({ country, months }) => (months === null ? country : `${country} ${months}`))
  const form = useForm<{ months: number | null; countries: string }>({
    initial: { months: forAll === undefined ? kept.usual : forAll.months, countries: lines.join('\n') },
    check: ({ months, countries }) => {
      const wrong = linesOf(countries).find((line) => !LINE.test(line))
      return {
        months: months !== null && (months < 1 || months > 600) ? t('privacy.retention.months-wrong') : undefined,
        countries: wrong === undefined ? undefined : t('privacy.retention.countries-wrong', { line: wrong }),
      }
    },
    async submit({ months, countries }) {
      const own = linesOf(countries).map((line) => {
        const [, country = '', count] = LINE.exec(line) ?? []
        return { country: country.toUpperCase(), months: count === undefined ? null : Number(count) }
      })
      const usual = months === kept.usual ? [] : [{ country: '', months }]
      const params = { class: kept.class }
      await call(api.setRetentionPeriod, { params, body: { periods: [...usual, ...own] } })
      await cache.invalidateQueries({ queryKey: ['privacy'] })
      notify(t('privacy.retention.switched'))
      onClose()
    },
  })
  return (
    <Dialog title={t('privacy.retention.dialog', { name: t(`privacy.class.${kept.class}`) })} onClose={onClose}>
      <Form form={form} action={t('privacy.retention.save')} onCancel={onClose}>
        <NumberField
          field={form.field('months')}
          label={t('privacy.retention.everywhere')}
          hint={t('privacy.retention.everywhere-hint', { usual: kept.usual })}
          optional
        />
        <TextAreaField
          field={form.field('countries')}
          label={t('privacy.retention.countries')}
          hint={t('privacy.retention.countries-hint')}
          optional
        />
      </Form>
    </Dialog>
  )
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
