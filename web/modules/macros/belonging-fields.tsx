import { useQuery } from '@tanstack/react-query'
import { type Scope, scopes } from '#api/macros'
import { barredFromManaging } from '#core/may.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { customersToChoose, teamsToChoose } from './queries.ts'

export interface Belonging {
  readonly name: string
  readonly scope: Scope
  readonly team: string
  readonly customer: string
}

/** What is wrong with it before it is sent. */
export function belongingProblems(t: Say, { name, scope, team }: Belonging) {
  return {
    ...(name.trim() === '' && { name: t('work.page.name-needed') }),
    ...(scope === 'team' && team === '' && { team: t('work.page.team-needed') }),
  }
}

/** As it is sent. */
export function belongingOf({ name, scope, team, customer }: Belonging) {
  return { name: name.trim(), scope, customer: customer === '' ? null : customer, ...(scope === 'team' && { team }) }
}

/** Name, whose it is, and for which customer. */
export function BelongingFields<Values extends Belonging>({ form }: { readonly form: FormState<Values> }) {
  const t = useText()
  const mayManage = barredFromManaging(useAsker()) === null
  const me = useSession().person?.id
  const { data: customers = [] } = useQuery(customersToChoose())
  const { data: teams = [] } = useQuery(teamsToChoose())
  const own = teams.filter(({ members }) => members.some(({ id }) => id === me))
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const of = form as unknown as FormState<Belonging>
  const offered = scopes.filter((scope) => (scope !== 'team' || own.length > 0) && (scope !== 'everybody' || mayManage))
  return (
    <>
      <TextField field={of.field('name')} label={t('work.page.name')} maxLength={120} autoFocus />
      <FieldRow>
        <SelectField
          field={of.field('scope')}
          label={t('work.page.scope')}
          options={offered.map((value) => ({ value, label: t(`work.page.scope.${value}`) }))}
        />
        <SearchField
          field={of.field('customer')}
          label={t('work.page.customer')}
          options={[{ value: '', label: t('work.page.all-customers') }, ...customers.map(option)]}
          placeholder={t('work.page.all-customers')}
        />
      </FieldRow>
      {of.values.scope === 'team' && (
        <SearchField field={of.field('team')} label={t('work.page.team')} options={own.map(option)} />
      )}
    </>
  )
}
