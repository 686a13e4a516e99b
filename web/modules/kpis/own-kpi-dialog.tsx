import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/kpis'
import { type Kpi, type OwnFormula, unitsOf } from '#api/kpis'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { kpisQuery } from './queries.ts'

interface OwnKpiDialogProps {
  readonly customer: string | undefined
  /** The one to change; none to make one. */
  readonly kpi: Kpi | null
  readonly onClose: () => void
}

interface Line {
  readonly kpi: string
  readonly weight: string
}

interface Values {
  readonly name: string
  readonly question: string
  readonly kind: OwnFormula['kind']
  readonly unit: string
  readonly direction: 'up' | 'down' | 'none'
  readonly parts: readonly Line[]
}

const empty: Line = { kpi: '', weight: '1' }

/** A figure made of others: which, how, and what it is told in. */
export function OwnKpiDialog({ customer, kpi, onClose }: OwnKpiDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(kpisQuery(customer))
  const figures = data.items.filter(({ missing, key }) => missing === null && key !== kpi?.key)
  const initial: Values = {
    name: kpi?.name ?? '',
    question: kpi?.question ?? '',
    kind: kpi?.made?.kind ?? 'ratio',
    unit: kpi?.unit ?? '',
    direction: kpi?.direction ?? 'up',
    parts: kpi?.made?.parts.map((part) => ({ kpi: part.kpi, weight: String(part.weight) })) ?? [empty, empty],
  }
  const chosenOf = ({ parts }: Values) => parts.filter(({ kpi: key }) => key !== '')
  const possibleOf = (values: Values) =>
    unitsOf(
      values.kind,
      chosenOf(values).flatMap(({ kpi: key }) => figures.find((figure) => figure.key === key)?.unit ?? []),
    )
  const form = useForm<Values>({
    initial,
    check: (values) => ({
      name: values.name.trim() === '' ? t('kpis.own.name-missing') : undefined,
      question: values.question.trim() === '' ? t('kpis.own.question-missing') : undefined,
      unit:
        chosenOf(values).length < 2
          ? t('kpis.own.parts-missing')
          : possibleOf(values).length === 0
            ? t('kpis.own.units-differ')
            : undefined,
    }),
    async submit({ unit, name, question, kind, direction }) {
      const possible = possibleOf(form.values)
      const body = {
        name,
        question,
        kind,
        direction,
        unit: possible.find((each) => each === unit) ?? possible[0]!,
        parts: chosenOf(form.values).map(({ kpi: key, weight }) => ({ kpi: key, weight: Number(weight) || 0 })),
      }
      const made =
        kpi === null
          ? await call(api.addOwnKpi, { body: { ...body, ...(customer !== undefined && { customer }) } })
          : await call(api.changeOwnKpi, { params: { key: kpi.key }, body, match: kpi.version })
      await client.invalidateQueries({ queryKey: ['kpis'] })
      notify(t('kpis.own.saved', { name: made.name }))
      onClose()
      if (kpi === null) void navigate({ to: '/kpis/$key', params: { key: made.key } })
    },
  })
  const { values, set } = form
  const put = (at: number, change: Partial<Line>) =>
    set({ parts: values.parts.map((line, index) => (index === at ? { ...line, ...change } : line)) })
  const possible = possibleOf(values)
  return (
    <Dialog title={t(kpi === null ? 'kpis.own.new' : 'kpis.own.change')} onClose={onClose}>
      <Form form={form} action={t('kpis.own.save')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('kpis.own.name')} maxLength={120} />
        <TextField field={form.field('question')} label={t('kpis.question')} maxLength={400} />
        <FieldRow>
          <SelectField
            field={form.field('kind')}
            label={t('kpis.own.kind')}
            options={(['ratio', 'sum', 'weighted'] as const).map((value) => ({
              value,
              label: t(`kpis.own.kind.${value}`),
            }))}
          />
          <SelectField
            field={form.field('direction')}
            label={t('kpis.better')}
            options={(['up', 'down', 'none'] as const).map((value) => ({ value, label: t(`kpis.direction.${value}`) }))}
          />
        </FieldRow>
        {values.parts.map((line, at) => (
          <FieldRow key={at}>
            <SelectField
              field={{
                name: `part-${at}`,
                value: line.kpi,
                error: undefined,
                onChange: (key) => put(at, { kpi: key }),
              }}
              label={t('kpis.own.part', { number: at + 1 })}
              options={[
                { value: '', label: t('kpis.own.choose') },
                ...figures.map(({ key, name }) => ({ value: key, label: `${key} ${name}` })),
              ]}
            />
            {values.kind === 'weighted' && (
              <TextField
                field={{
                  name: `weight-${at}`,
                  value: line.weight,
                  error: undefined,
                  onChange: (weight) => put(at, { weight }),
                }}
                label={t('kpis.own.weight')}
                maxLength={4}
              />
            )}
          </FieldRow>
        ))}
        {values.kind !== 'ratio' && values.parts.length < 12 && (
          <TextButton onClick={() => set({ parts: [...values.parts, empty] })}>{t('kpis.own.more')}</TextButton>
        )}
        <SelectField
          field={form.field('unit')}
          label={t('kpis.own.unit')}
          options={
            possible.length === 0
              ? [{ value: '', label: t('kpis.own.unit-later') }]
              : possible.map((value) => ({ value, label: t(`kpis.unit.${value}`) }))
          }
        />
      </Form>
    </Dialog>
  )
}

/** Ends a figure; what is made of it has to end before. */
export function EndOwnKpi({ kpi }: { readonly kpi: Kpi }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  async function end() {
    await call(api.endOwnKpi, { params: { key: kpi.key }, match: kpi.version })
    await navigate({ to: '/kpis' })
    await client.invalidateQueries({ queryKey: ['kpis'] })
    notify(t('kpis.own.ended', { name: kpi.name }))
  }
  return <Button onClick={() => void end()}>{t('kpis.own.end')}</Button>
}
