import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/renewals'
import { courses, reasons, type Renewal } from '#api/renewals'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { levelsQuery } from './queries.ts'

interface OfRenewal {
  readonly of: Renewal
  readonly onClose: () => void
}

/** What we go for, how likely it is, and with what. */
export function PlanDialog({ of, onClose }: OfRenewal) {
  const t = useText()
  const client = useQueryClient()
  const { id, version } = of
  const form = useForm<{
    course: '' | (typeof courses)[number]
    probability: number | null
    decideOn: string
    priceStrategy: string
    winThemes: string
    blockers: string
  }>({
    initial: {
      course: of.course ?? '',
      probability: of.probabilityBp === null ? null : of.probabilityBp / 100,
      decideOn: of.decideOn ?? '',
      priceStrategy: of.priceStrategy ?? '',
      winThemes: of.winThemes ?? '',
      blockers: of.blockers ?? '',
    },
    check: ({ probability }) => ({
      probability:
        probability === null || (probability >= 0 && probability <= 100) ? undefined : t('renewals.percent-missing'),
    }),
    async submit({ course, probability, decideOn, priceStrategy, winThemes, blockers }) {
      const body = {
        course: course === '' ? null : course,
        probabilityBp: probability === null ? null : Math.round(probability * 100),
        decideOn: decideOn === '' ? null : decideOn,
        priceStrategy: priceStrategy.trim() || null,
        winThemes: winThemes.trim() || null,
        blockers: blockers.trim() || null,
      }
      await call(api.changeRenewal, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t('renewals.changed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('renewals.plan')} onClose={onClose} width={560}>
      <Form form={form} action={t('renewals.change')} onCancel={onClose}>
        <FieldRow>
          <SelectField
            field={form.field('course')}
            label={t('renewals.course')}
            options={[
              { value: '', label: t('renewals.course.none') },
              ...courses.map((value) => ({ value, label: t(`renewals.course.${value}`) })),
            ]}
          />
          <NumberField field={form.field('probability')} label={t('renewals.probability')} min={0} max={100} optional />
          <TextField field={form.field('decideOn')} type="date" label={t('renewals.decide-on')} optional />
        </FieldRow>
        <TextAreaField
          field={form.field('priceStrategy')}
          label={t('renewals.price-strategy')}
          rows={2}
          maxLength={2000}
          optional
        />
        <TextAreaField
          field={form.field('winThemes')}
          label={t('renewals.win-themes')}
          rows={2}
          maxLength={2000}
          optional
        />
        <TextAreaField
          field={form.field('blockers')}
          label={t('renewals.blockers')}
          rows={2}
          maxLength={2000}
          optional
        />
      </Form>
    </Dialog>
  )
}

/** How it ended, and why. */
export function SettleRenewalDialog({
  of: { id, version },
  to,
  onClose,
}: OfRenewal & {
  readonly to: 'signed' | 'lost' | 'lapsed'
}) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ reason: '' | (typeof reasons)[number]; note: string }>({
    initial: { reason: '', note: '' },
    check: ({ reason }) => ({ reason: reason === '' ? t('renewals.reason-missing') : undefined }),
    async submit({ reason, note }) {
      if (reason === '') return
      const body = { to, reason, ...(note.trim() && { note }) }
      await call(api.moveRenewal, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t(`renewals.state.${to}`))
      onClose()
    },
  })
  const title = t(`renewals.step.${to}`)
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <SelectField
          field={form.field('reason')}
          label={t('renewals.reason')}
          options={[
            { value: '', label: '–' },
            ...reasons.map((value) => ({ value, label: t(`renewals.reason.${value}`) })),
          ]}
        />
        <TextAreaField field={form.field('note')} label={t('renewals.note')} rows={2} maxLength={2000} optional />
      </Form>
    </Dialog>
  )
}

/** Terms to try: prices, cost and what would be promised. */
export function ScenarioDialog({ of: { id, contract }, onClose }: OfRenewal) {
  const t = useText()
  const client = useQueryClient()
  const { data: levels } = useSuspenseQuery(levelsQuery(contract.id))
  const form = useForm<{
    name: string
    months: number | null
    price: number | null
    cost: number | null
    targets: Readonly<Record<string, number | null>>
  }>({
    initial: {
      name: '',
      months: 36,
      price: 0,
      cost: 0,
      targets: Object.fromEntries(levels.map(({ key, targetPpm }) => [key, targetPpm / 10_000])),
    },
    check: ({ name, months, price, cost }) => {
      const by = (share: number | null) =>
        share !== null && share >= -90 && share <= 100 ? undefined : t('renewals.by-missing')
      return {
        name: name.trim() === '' ? t('renewals.name-missing') : undefined,
        months: months !== null && months >= 1 && months <= 120 ? undefined : t('renewals.months-missing'),
        price: by(price),
        cost: by(cost),
      }
    },
    async submit({ name, months, price, cost, targets }) {
      const terms = {
        months: months ?? 1,
        priceBp: Math.round((price ?? 0) * 100),
        costBp: Math.round((cost ?? 0) * 100),
        levels: levels.flatMap(({ key, targetPpm }) => {
          const wanted = Math.round((targets[key] ?? targetPpm / 10_000) * 10_000)
          return wanted === targetPpm ? [] : [{ level: key, targetPpm: wanted }]
        }),
      }
      await call(api.addScenario, { params: { id }, body: { name, terms } })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t('renewals.scenario-added'))
      onClose()
    },
  })
  const { targets } = form.values
  return (
    <Dialog title={t('renewals.scenario-new')} onClose={onClose} width={560}>
      <Form form={form} action={t('renewals.scenario-new')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('name')} label={t('renewals.name')} maxLength={120} autoFocus />
          <NumberField field={form.field('months')} label={t('renewals.months')} min={1} max={120} />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('price')} label={t('renewals.price-by')} digits={2} min={-90} max={100} />
          <NumberField field={form.field('cost')} label={t('renewals.cost-by')} digits={2} min={-90} max={100} />
        </FieldRow>
        {levels.map(({ key, name }) => (
          <NumberField
            key={key}
            field={{
              ...form.field('targets'),
              value: targets[key] ?? null,
              onChange: (target: number | null) => form.set({ targets: { ...targets, [key]: target } }),
            }}
            label={t('renewals.target-of', { name })}
            digits={4}
            min={0}
            max={100}
          />
        ))}
      </Form>
    </Dialog>
  )
}
