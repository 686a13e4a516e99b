import { useQuery } from '@tanstack/react-query'
import { articleAudiences } from '#api/knowledge'
import { languages } from '#core/text.ts'
import { Button } from '#web/ui/button.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { readersQuery } from './queries.ts'
import classes from './article.module.css'

export interface ArticleWords {
  readonly title: string
  readonly text: string
  readonly language: (typeof languages)[number]
  readonly audience: (typeof articleAudiences)[number]
  /** Empty for none. */
  readonly customer: string
  /** `2027-03-02`, or empty. */
  readonly reviewDue: string
  readonly knownError: boolean
}

interface ArticleFormProps {
  readonly initial: ArticleWords
  readonly onSave: (words: ArticleWords) => Promise<unknown>
  readonly onCancel: () => void
}

/** What an article says, and for whom it is. */
export function ArticleForm({ initial, onSave, onCancel }: ArticleFormProps) {
  const t = useText()
  const { data: customers = [] } = useQuery(readersQuery())
  const form = useForm({
    initial,
    check: ({ title, audience, customer }) => ({
      ...(title.trim() === '' && { title: t('knowledge.title-needed') }),
      ...(audience === 'customer' && customer === '' && { customer: t('knowledge.customer-needed') }),
    }),
    submit: onSave,
  })
  const { field, values } = form
  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        label={t('knowledge.edit')}
        action={t('knowledge.save')}
        beside={<Button onClick={onCancel}>{t('ui.cancel')}</Button>}
      >
        <TextField field={field('title')} label={t('knowledge.field.title')} maxLength={400} autoFocus />
        <TextAreaField
          field={field('text')}
          label={t('knowledge.field.text')}
          hint={t('knowledge.field.text-hint')}
          rows={14}
        />
        <FieldRow>
          <SelectField
            field={{
              ...field('audience'),
              // What is for everybody is of no customer.
              onChange: (audience) => form.set({ audience, ...(audience === 'user' && { customer: '' }) }),
            }}
            label={t('knowledge.field.audience')}
            options={articleAudiences.map((value) => ({ value, label: t(`knowledge.audience.${value}`) }))}
          />
          {values.audience !== 'user' && (
            <SearchField
              field={field('customer')}
              label={t('knowledge.field.customer')}
              options={[
                { value: '', label: t('knowledge.no-customer') },
                ...customers.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </FieldRow>
        <FieldRow>
          <SelectField
            field={field('language')}
            label={t('knowledge.field.language')}
            options={languages.map((value) => ({ value, label: t(`knowledge.language.${value}`) }))}
          />
          <TextField field={field('reviewDue')} type="date" label={t('knowledge.field.review-due')} optional />
        </FieldRow>
        <CheckField
          field={field('knownError')}
          label={t('knowledge.field.known-error')}
          hint={t('knowledge.field.known-error-hint')}
        />
      </Form>
    </div>
  )
}
