import { queryOptions, useQuery } from '@tanstack/react-query'
import * as people from '#api/people'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'
import type { RoleValues } from '#web/modules/people/role-form.tsx'
import { FieldRow, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import classes from './role-scope.module.css'

/** What a role is narrowed to, and from when to when it holds; empty for neither. Days are the browser's. */
export interface ScopeValues {
  readonly service: string
  readonly site: string
  readonly team: string
  readonly from: string
  readonly to: string
}

export const noScope: ScopeValues = { service: '', site: '', team: '', from: '', to: '' }

export function checkDays(t: Say, { from, to }: Pick<ScopeValues, 'from' | 'to'>) {
  const today = dayOf(new Date())
  return {
    from: from !== '' && from < today ? t('people.role.from-past') : undefined,
    to: to !== '' && to < (from || today) ? t('people.role.to-early') : undefined,
  }
}

/** From the beginning of its first day to the end of its last; from now on where it begins today. */
export function sentDays({ from, to }: Pick<ScopeValues, 'from' | 'to'>) {
  return {
    ...(from !== '' && from > dayOf(new Date()) && { validFrom: new Date(`${from}T00:00:00`) }),
    ...(to !== '' && { validTo: new Date(`${to}T23:59:59`) }),
  }
}

export function sentScope({ service, site, team }: ScopeValues, role: people.Role) {
  if (!people.isNarrowable(role)) return {}
  return {
    ...(service !== '' && { service }),
    ...(site !== '' && { site }),
    ...(team !== '' && !people.isCustomersRole(role) && { team }),
  }
}

/** The day of a moment where the browser is, as a date field writes it. */
export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** From when to when. */
export function DayFields<Values extends Pick<ScopeValues, 'from' | 'to'>>({
  form,
}: {
  readonly form: FormState<Values>
}) {
  const t = useText()
  return (
    <FieldRow>
      <TextField field={form.field('from')} type="date" label={t('people.person.from')} optional />
      <TextField field={form.field('to')} type="date" label={t('people.role.to')} optional />
    </FieldRow>
  )
}

/** Service, site and team, of the chosen customer where they have one. */
export function ScopeFields<Values extends ScopeValues & RoleValues>({ form }: { readonly form: FormState<Values> }) {
  const t = useText()
  const { role, customer } = form.values
  const { data } = useQuery(scopesQuery(customer))
  if (!people.isNarrowable(role)) return null
  const given = data ?? { services: [], sites: [], teams: [] }
  return (
    <fieldset className={classes.scope}>
      <legend>
        <b>{t('people.role.narrow')}</b>
      </legend>
      <p className="pl-small pl-quiet">
        {t(people.isCustomersRole(role) ? 'people.role.narrow-hint-customer' : 'people.role.narrow-hint')}
      </p>
      <SearchField
        field={form.field('service')}
        label={t('people.role.service')}
        placeholder={t('people.role.not-narrowed')}
        options={given.services}
      />
      {customer !== '' && (
        <SearchField
          field={form.field('site')}
          label={t('people.role.site')}
          placeholder={t('people.role.not-narrowed')}
          options={given.sites}
        />
      )}
      {!people.isCustomersRole(role) && (
        <SearchField
          field={form.field('team')}
          label={t('people.role.team')}
          placeholder={t('people.role.not-narrowed')}
          options={given.teams}
        />
      )}
    </fieldset>
  )
}

function scopesQuery(customer: string) {
  const query = { limit: 200, ...(customer !== '' && { customer }) }
  return queryOptions({
    queryKey: ['choices', 'scopes', customer],
    queryFn: async ({ signal }) => {
      const options = ({ items }: { readonly items: readonly { readonly id: string; readonly name: string }[] }) =>
        items.map(({ id, name }) => ({ value: id, label: name }))
      const [offered, places, teams] = await Promise.all([
        call(services.listServices, { query }, signal),
        customer === '' ? { items: [] } : call(sites.listSites, { query }, signal),
        call(people.listTeams, { query: { limit: 200 } }, signal),
      ])
      return { services: options(offered), sites: options(places), teams: options(teams) }
    },
  })
}
