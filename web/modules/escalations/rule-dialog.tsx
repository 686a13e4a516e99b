import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/escalations'
import { priorities } from '#api/service-levels'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { colleaguesQuery } from './queries.ts'

/** Adds a rule that raises escalations by itself. */
export function RuleDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { data: colleagues = [] } = useQuery(colleaguesQuery())
  const initial: {
    readonly name: string
    readonly trigger: (typeof api.triggers)[number]
    readonly threshold: number | null
    readonly priority: string
    readonly level: string
    readonly owner: string
  } = { name: '', trigger: 'share', threshold: 90, priority: '', level: '2', owner: '' }
  const form = useForm({
    initial,
    check: ({ name, owner }) => ({
      ...(name.trim() === '' && { name: t('escalations.rule-name-needed') }),
      ...(owner === '' && { owner: t('escalations.rule-owner-needed') }),
    }),
    submit: async ({ name, trigger, threshold, priority, level, owner }) => {
      const body = {
        name,
        trigger,
        threshold: threshold ?? 1,
        priorities: priorities.filter((each) => each === priority),
        level: Number(level),
        kind: 'hierarchic' as const,
        owner,
      }
      await call(api.addEscalationRule, { body })
      await client.invalidateQueries({ queryKey: ['escalations', 'rules'] })
      notify(t('escalations.rule-added', { name }))
      onClose()
    },
  })
  const { field } = form
  return (
    <Dialog title={t('escalations.rule-add')} onClose={onClose} width={560}>
      <Form form={form} action={t('escalations.rule-add')} onCancel={onClose}>
        <TextField
          field={field('name')}
          label={t('escalations.rule-name')}
          hint={t('escalations.rule-name-hint')}
          maxLength={120}
          autoFocus
        />
        <FieldRow>
          <SelectField
            field={field('trigger')}
            label={t('escalations.rule-trigger')}
            options={api.triggers.map((value) => ({ value, label: t(`escalations.trigger.${value}`) }))}
          />
          <NumberField field={field('threshold')} label={t('escalations.rule-threshold')} min={1} max={1000} />
        </FieldRow>
        <FieldRow>
          <SelectField
            field={field('priority')}
            label={t('escalations.rule-priorities')}
            options={[
              { value: '', label: t('escalations.rule-any') },
              ...priorities.map((value) => ({ value, label: value.toUpperCase() })),
            ]}
          />
          <SelectField
            field={field('level')}
            label={t('escalations.level')}
            options={['1', '2', '3', '4'].map((level) => ({
              value: level,
              label: t('escalations.level-of', { level }),
            }))}
          />
        </FieldRow>
        <PersonField field={field('owner')} label={t('escalations.owner')} people={colleagues} />
      </Form>
    </Dialog>
  )
}
