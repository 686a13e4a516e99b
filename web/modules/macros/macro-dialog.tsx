import { useQuery, useQueryClient } from '@tanstack/react-query'
import { pauseReasons } from '#api/incidents'
import * as api from '#api/macros'
import type { Macro } from '#api/macros'
import { call } from '#web/http/call.ts'
import { CodeField } from '#web/modules/incidents/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { BelongingFields, belongingOf, belongingProblems, type Belonging } from './belonging-fields.tsx'
import { teamsToChoose } from './queries.ts'

interface MacroDialogProps {
  /** Null for a new one. */
  readonly macro: Macro | null
  readonly fields: readonly string[]
  readonly onClose: () => void
}

const states = ['in-progress', 'on-hold', 'restored', 'resolved', 'closed', 'cancelled'] as const

interface Values extends Belonging {
  readonly text: string
  readonly visibility: Macro['visibility']
  readonly toState: (typeof states)[number] | ''
  readonly reason: NonNullable<Macro['reason']>
  readonly resolutionCode: string
  readonly category: string
  readonly toTeam: string
  readonly takes: boolean
}

/** Several steps under one name. */
export function MacroDialog({ macro, fields, onClose }: MacroDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { data: teams = [] } = useQuery(teamsToChoose())
  const initial: Values = {
    name: macro?.name ?? '',
    scope: macro?.scope ?? 'mine',
    team: macro?.team?.id ?? '',
    customer: macro?.customer?.id ?? '',
    text: macro?.text ?? '',
    visibility: macro?.visibility ?? 'internal',
    toState: states.find((state) => state === macro?.toState) ?? '',
    reason: macro?.reason ?? 'awaiting-requester',
    resolutionCode: macro?.resolutionCode ?? '',
    category: macro?.category ?? '',
    toTeam: macro?.toTeam?.id ?? '',
    takes: macro?.takes ?? false,
  }
  const form = useForm({
    initial,
    check: (values) => ({
      ...belongingProblems(t, values),
      ...(values.toState === 'resolved' && values.text.trim() === '' && { text: t('work.page.text-needed') }),
    }),
    submit: async (values) => {
      const { toState, reason, resolutionCode, category, toTeam, takes, visibility } = values
      const body = {
        ...belongingOf(values),
        text: values.text.trim(),
        visibility,
        takes,
        toState: toState === '' ? null : toState,
        reason: toState === 'on-hold' ? reason : null,
        resolutionCode: toState === 'resolved' && resolutionCode !== '' ? resolutionCode : null,
        category: category.trim() === '' ? null : category.trim(),
        toTeam: toTeam === '' ? null : toTeam,
      }
      await (macro === null
        ? call(api.addMacro, { body })
        : call(api.changeMacro, { params: { id: macro.id }, body, match: macro.version }))
      await client.invalidateQueries({ queryKey: ['macros'] })
      notify(t('work.page.saved', { name: values.name }))
      onClose()
    },
  })
  const { field, values } = form
  return (
    <Dialog
      title={macro === null ? t('work.page.add-macro') : t('work.page.change', { name: macro.name })}
      onClose={onClose}
      width={620}
    >
      <Form form={form} action={t('work.page.save')} onCancel={onClose}>
        <BelongingFields form={form} />
        <TextAreaField
          field={field('text')}
          label={t('work.page.text')}
          hint={t('work.page.text-hint', { fields: fields.map((each) => `{${each}}`).join(' ') })}
          optional={values.toState !== 'resolved'}
          rows={5}
          maxLength={20_000}
        />
        <FieldRow>
          <SelectField
            field={field('visibility')}
            label={t('work.page.visibility')}
            options={(['internal', 'public'] as const).map((value) => ({
              value,
              label: t(`work.page.visibility.${value}`),
            }))}
          />
          <SelectField
            field={field('toState')}
            label={t('work.page.state')}
            options={[
              { value: '', label: t('work.page.state.none') },
              ...states.map((value) => ({ value, label: t(`incidents.state.${value}`) })),
            ]}
          />
        </FieldRow>
        {values.toState === 'resolved' && <CodeField field={field('resolutionCode')} />}
        {values.toState === 'on-hold' && (
          <SelectField
            field={field('reason')}
            label={t('work.page.reason')}
            options={pauseReasons.map((value) => ({
              value,
              label: t('incidents.wait', { reason: textChoice(value) }),
            }))}
          />
        )}
        <FieldRow>
          <TextField field={field('category')} label={t('work.page.category')} maxLength={200} optional />
          <SearchField
            field={field('toTeam')}
            label={t('work.page.to-team')}
            placeholder={t('work.page.no-team')}
            options={[
              { value: '', label: t('work.page.no-team') },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </FieldRow>
        <CheckField field={field('takes')} label={t('work.page.takes')} />
      </Form>
    </Dialog>
  )
}
