import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/stakeholders'
import type { StakeholderInFull } from '#api/stakeholders'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './stakeholders.module.css'

/** What is to be talked about with them: themes, what they ask for, what they are to decide. */
export function Agenda({ stakeholder: { id, agenda } }: { readonly stakeholder: StakeholderInFull }) {
  const t = useText()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['stakeholders'] })
  const initial = { kind: 'theme' as (typeof api.agendaKinds)[number], text: '' }
  const form = useForm({
    initial,
    check: ({ text }) => ({ text: text.trim() === '' ? t('stakeholders.text-needed') : undefined }),
    async submit(body) {
      await call(api.addAgendaItem, { params: { id }, body })
      await refresh()
      setTimeout(() => form.reset({ ...initial, kind: body.kind }))
    },
  })
  async function settle(item: string, to: 'done' | 'dropped') {
    await call(api.settleAgendaItem, { params: { id: item }, body: { to } })
    await refresh()
  }
  return (
    <Section title={t('stakeholders.agenda')}>
      <ul className={classes.list}>
        {agenda.map((item) => (
          <li key={item.id}>
            <span className="pl-quiet">{t(`stakeholders.agenda.${item.kind}`)}:</span> {item.text}{' '}
            {item.state === 'open' ? (
              <span className={classes.steps}>
                <TextButton
                  onClick={() => void settle(item.id, 'done')}
                  aria-label={t('stakeholders.done-it', { text: item.text })}
                >
                  {t('stakeholders.done')}
                </TextButton>
                <TextButton
                  onClick={() => void settle(item.id, 'dropped')}
                  aria-label={t('stakeholders.drop-it', { text: item.text })}
                >
                  {t('stakeholders.drop')}
                </TextButton>
              </span>
            ) : (
              <State is={item.state === 'done' ? 'met' : 'none'}>{t(`stakeholders.state.${item.state}`)}</State>
            )}
          </li>
        ))}
      </ul>
      <Form form={form} guard action={t('stakeholders.add-item')}>
        <FieldRow>
          <SelectField
            field={form.field('kind')}
            label={t('stakeholders.kind')}
            options={api.agendaKinds.map((value) => ({ value, label: t(`stakeholders.agenda.${value}`) }))}
          />
          <TextField field={form.field('text')} label={t('stakeholders.what')} maxLength={1000} />
        </FieldRow>
      </Form>
    </Section>
  )
}
