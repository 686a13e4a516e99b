import { useQuery } from '@tanstack/react-query'
import type { RuleContent } from '#api/rules'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pick } from '#web/ui/sentence.tsx'
import { useText } from '#web/ui/text.tsx'
import { ActionsEditor } from './actions-editor.tsx'
import { ConditionsEditor } from './conditions-editor.tsx'
import { choicesQuery } from './queries.ts'
import { Trial } from './trial.tsx'
import { TriggerEditor } from './trigger-editor.tsx'
import classes from './rules.module.css'

interface Written extends RuleContent {
  readonly name: string
  /** Empty: all that whoever writes it manages. */
  readonly customer: string
}

interface EditorProps {
  readonly initial: Written
  readonly isNew?: boolean
  readonly onSave: (written: Written) => Promise<unknown>
}

/** A rule as a sentence whose words are chosen: when, if, then; and what it would have done. */
export function Editor({ initial, isNew = false, onSave }: EditorProps) {
  const t = useText()
  const { data: choices } = useQuery(choicesQuery())
  const form = useForm<Written>({
    initial,
    check: ({ name }) => ({ name: name.trim() === '' ? t('rules.name-needed') : undefined }),
    submit: onSave,
  })
  const { customer, when, if: groups, actions } = form.values
  const content = { when, if: groups, actions }
  const customers = choices?.customer ?? []
  return (
    <>
      <Form
        form={form}
        guard
        action={t(isNew ? 'rules.add' : 'rules.save')}
        barred={form.dirty || isNew ? null : t('rules.nothing-changed')}
      >
        <TextField field={form.field('name')} label={t('rules.name')} maxLength={120} autoFocus={isNew} />
        <Section title={t('rules.when')}>
          <div className={classes.line}>
            <TriggerEditor value={content.when} choices={choices} onChange={(changed) => form.set({ when: changed })} />
            {isNew && (
              <>
                <span>{t('rules.at-customer')}</span>
                <Pick
                  label={t('rules.customer')}
                  value={customer}
                  options={[
                    { value: '', label: t('rules.at-all-customers') },
                    ...customers.map((each) => ({ value: each.id, label: each.name })),
                  ]}
                  onChange={(chosen) => form.set({ customer: chosen })}
                />
              </>
            )}
          </div>
        </Section>
        <Section title={t('rules.if')} hint={content.if.length === 0 ? t('rules.if-none') : undefined}>
          <ConditionsEditor value={content.if} choices={choices} onChange={(changed) => form.set({ if: changed })} />
        </Section>
        <Section title={t('rules.then')}>
          <ActionsEditor
            value={content.actions}
            choices={choices}
            onChange={(changed) => form.set({ actions: changed })}
          />
        </Section>
      </Form>
      <Trial content={content} customer={customer} />
    </>
  )
}
