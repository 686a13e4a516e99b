import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/improvements'
import { barredFromApproving, type Improvement } from '#api/improvements'
import type { ListedKpi } from '#api/kpis'
import { call } from '#web/http/call.ts'
import { kpisQuery } from '#web/modules/kpis/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { colleaguesQuery } from './queries.ts'

const HOUR_MS = 3_600_000
const CENTS = 100
/** By what it is measured can be said until the work begins. */
const unbegun: readonly Improvement['state'][] = ['idea', 'assessed', 'approved', 'plan']

/** Durations are typed in hours; everything else as it is shown. */
const typed = (unit: ListedKpi['unit'] | undefined, value: number) => (unit === 'duration' ? value / HOUR_MS : value)
const meant = (unit: ListedKpi['unit'] | undefined, value: number) => (unit === 'duration' ? value * HOUR_MS : value)

interface ChangeDialogProps {
  readonly improvement: Improvement
  readonly onClose: () => void
}

/** What we believe, by what it is measured, who owns it and what it costs. */
export function ChangeDialog({ improvement, onClose }: ChangeDialogProps) {
  const { data: kpis } = useQuery(kpisQuery(improvement.customer?.id))
  // The unit of the aim has to be known before it is shown.
  return kpis && <Fields improvement={improvement} kpis={kpis.items} onClose={onClose} />
}

function Fields({ improvement, kpis, onClose }: ChangeDialogProps & { readonly kpis: readonly ListedKpi[] }) {
  const t = useText()
  const client = useQueryClient()
  const pays = barredFromApproving(useAsker()) === null
  const { data: colleagues = [] } = useQuery(colleaguesQuery())
  const { id, version, customer, kpi, targetValue, cost, state } = improvement
  const measures = unbegun.includes(state)
  const unitOf = (key: string) => kpis.find((each) => each.key === key)?.unit
  const form = useForm({
    initial: {
      hypothesis: improvement.hypothesis ?? '',
      theme: improvement.theme,
      benefitType: improvement.benefitType,
      owner: improvement.owner?.id ?? '',
      kpi: kpi?.key ?? '',
      target: targetValue === null || kpi === null ? null : typed(unitOf(kpi.key), targetValue),
      evidence: improvement.agreedEvidence ?? '',
      cost: cost === null ? null : cost.amountMinor / CENTS,
      shared: improvement.shared,
    },
    async submit({ hypothesis, owner, kpi: key, target, evidence, cost: amount, shared, ...given }) {
      const measure = {
        kpi: key === '' ? null : { key, ...(key === kpi?.key && { part: kpi.part, of: kpi.of }) },
        targetValue: target === null || key === '' ? null : meant(unitOf(key), target),
        agreedEvidence: evidence.trim() || null,
      }
      const body = {
        ...given,
        hypothesis: hypothesis.trim() || null,
        ...(owner !== '' && { owner }),
        ...(measures && measure),
        ...(pays && {
          cost: amount === null ? null : { amountMinor: Math.round(amount * CENTS), currency: cost?.currency ?? 'EUR' },
        }),
        ...(customer !== null && { shared }),
      }
      await call(api.changeImprovement, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['improvements'] })
      notify(t('improvements.changed'))
      onClose()
    },
  })
  const { values } = form
  const unit = unitOf(values.kpi)
  return (
    <Dialog title={t('improvements.change-title')} onClose={onClose} width={600}>
      <Form form={form} action={t('improvements.save')} onCancel={onClose}>
        <TextAreaField
          field={form.field('hypothesis')}
          label={t('improvements.hypothesis')}
          hint={t('improvements.hypothesis-hint')}
          rows={3}
          maxLength={2000}
          optional
        />
        {measures && (
          <>
            <FieldRow>
              <SearchField
                field={form.field('kpi')}
                label={t('improvements.measured-by')}
                hint={t('improvements.kpi-hint')}
                options={[
                  { value: '', label: t('improvements.kpi-none') },
                  ...kpis
                    .filter(({ missing }) => missing === null)
                    .map(({ key, name }) => ({ value: key, label: `${key} ${name}` })),
                ]}
              />
              {values.kpi !== '' && (
                <NumberField
                  field={form.field('target')}
                  label={t(unit === 'duration' ? 'improvements.aim-hours' : 'improvements.aim')}
                  digits={2}
                  optional
                />
              )}
            </FieldRow>
            <TextAreaField
              field={form.field('evidence')}
              label={t('improvements.agreed-evidence')}
              hint={t('improvements.agreed-hint')}
              rows={2}
              maxLength={2000}
              optional
            />
          </>
        )}
        <FieldRow>
          <PersonField field={form.field('owner')} label={t('improvements.owner')} people={colleagues} />
          {pays && (
            <NumberField field={form.field('cost')} label={t('improvements.cost-eur')} min={0} digits={2} optional />
          )}
        </FieldRow>
        <FieldRow>
          <SelectField
            field={form.field('theme')}
            label={t('improvements.theme')}
            options={api.themes.map((value) => ({ value, label: t(`improvements.theme.${value}`) }))}
          />
          <SelectField
            field={form.field('benefitType')}
            label={t('improvements.benefit')}
            options={api.benefitTypes.map((value) => ({ value, label: t(`improvements.benefit.${value}`) }))}
          />
        </FieldRow>
        {customer !== null && <CheckField field={form.field('shared')} label={t('improvements.share')} />}
      </Form>
    </Dialog>
  )
}
