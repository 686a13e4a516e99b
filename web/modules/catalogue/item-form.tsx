import { useQuery } from '@tanstack/react-query'
import type { CatalogueItem, CatalogueItemChange } from '#api/catalogue'
import { customersQuery } from '#web/app/customers.ts'
import { FieldRow, NumberField, PasswordField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { FieldRows, StepRows, TaskRows } from './item-rows.tsx'
import { bodyOf, type ItemValues } from './item-values.ts'
import { choicesQuery } from './queries.ts'

interface ItemFormProps {
  readonly initial: ItemValues
  /** What it is a change of: whose it is stays. */
  readonly known?: CatalogueItem
  readonly action: string
  readonly onSubmit: (body: CatalogueItemChange & { readonly customer: string }) => Promise<unknown>
}

/** What an item is called, who orders it, what they are asked, who decides and who does it. */
export function ItemForm({ initial, known, action, onSubmit }: ItemFormProps) {
  const t = useText()
  const { data: customers } = useQuery(customersQuery(''))
  const form = useForm<ItemValues>({
    initial,
    paths: {
      'name.de': 'nameDe',
      'name.en': 'nameEn',
      'synonyms.de': 'synonymsDe',
      'synonyms.en': 'synonymsEn',
      'description.de': 'descriptionDe',
      'description.en': 'descriptionEn',
      'price.amountMinor': 'price',
      'price.currency': 'currency',
    },
    check: ({ nameDe, nameEn, plan, fields }) => ({
      ...((nameDe + nameEn).trim() === '' && { nameDe: t('catalogue.name-needed') }),
      ...(plan.length === 0 && { plan: t('catalogue.plan-needed') }),
      ...(fields.some(({ purposeDe, purposeEn }) => (purposeDe + purposeEn).trim() === '') && {
        fields: t('catalogue.purpose-needed'),
      }),
    }),
    submit: (values) => onSubmit({ ...bodyOf(values), customer: values.customer }),
  })
  const { values, field, set } = form
  const { data: choices } = useQuery(choicesQuery(values.customer))
  const named = (items: readonly { readonly id: string; readonly name: string }[] = []) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const synonyms = { hint: t('catalogue.synonyms-hint'), maxLength: 1000, optional: true }
  return (
    <Form form={form} guard action={action} label={action}>
      <FieldRow>
        <TextField
          field={field('nameDe')}
          label={t('catalogue.name-de')}
          hint={t('catalogue.name-hint')}
          maxLength={200}
        />
        <TextField
          field={field('nameEn')}
          label={t('catalogue.name-en')}
          hint={t('catalogue.name-hint')}
          maxLength={200}
        />
      </FieldRow>
      <FieldRow>
        <TextField field={field('synonymsDe')} label={t('catalogue.synonyms-de')} {...synonyms} />
        <TextField field={field('synonymsEn')} label={t('catalogue.synonyms-en')} {...synonyms} />
      </FieldRow>
      <FieldRow>
        <TextAreaField field={field('descriptionDe')} label={t('catalogue.description-de')} rows={3} optional />
        <TextAreaField field={field('descriptionEn')} label={t('catalogue.description-en')} rows={3} optional />
      </FieldRow>
      <FieldRow>
        {known === undefined && (
          <SelectField
            field={field('customer')}
            label={t('catalogue.customer')}
            options={[{ value: '', label: t('catalogue.every-customer') }, ...named(customers?.items)]}
          />
        )}
        {values.customer !== '' && (
          <SelectField
            field={field('site')}
            label={t('catalogue.site')}
            options={[{ value: '', label: t('catalogue.every-site') }, ...named(choices?.sites)]}
          />
        )}
        <SelectField
          field={field('service')}
          label={t('catalogue.service')}
          options={[{ value: '', label: t('catalogue.no-service') }, ...named(choices?.services)]}
        />
        <SelectField
          field={field('role')}
          label={t('catalogue.role')}
          options={(['', 'requester', 'customer-stakeholder'] as const).map((value) => ({
            value,
            label: t('catalogue.role-of', { role: textChoice(value || 'all') }),
          }))}
        />
      </FieldRow>
      <FieldRow>
        <NumberField field={field('price')} label={t('catalogue.price')} digits={2} min={0} optional />
        <TextField field={field('currency')} label={t('catalogue.currency')} maxLength={3} />
      </FieldRow>
      <FieldRows rows={values.fields} onChange={(fields) => set({ fields })} itemId={known?.id} />
      <Wrong sentence={field('fields').error} />
      <StepRows rows={values.approval} onChange={(approval) => set({ approval })} people={choices?.people ?? []} />
      <TaskRows rows={values.plan} onChange={(plan) => set({ plan })} teams={choices?.teams ?? []} />
      <Wrong sentence={field('plan').error} />
      {values.plan.some(({ kind }) => kind === 'call') && (
        <PasswordField
          field={field('secret')}
          label={t('catalogue.secret')}
          hint={t('catalogue.secret-hint', { there: known?.inside?.signed === true ? 'yes' : 'no' })}
          autoComplete="new-password"
        />
      )}
    </Form>
  )
}

function Wrong({ sentence }: { readonly sentence: string | undefined }) {
  return sentence === undefined ? null : <p role="alert">{sentence}</p>
}
