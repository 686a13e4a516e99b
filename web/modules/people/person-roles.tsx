import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/people'
import type { Person, RoleAssignment } from '#api/people'
import { call } from '#web/http/call.ts'
import { checkRole, RoleFields, type RoleValues, sentRole } from '#web/modules/people/role-form.tsx'
import {
  checkDays,
  DayFields,
  dayOf,
  noScope,
  ScopeFields,
  type ScopeValues,
  sentDays,
  sentScope,
} from '#web/modules/people/role-scope.tsx'
import { useRoleLine } from '#web/modules/people/role-words.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

/** What somebody may do: for whom, narrowed to what, from when to when. */
export function PersonRoles({ person }: { readonly person: Person }) {
  const t = useText()
  const format = useFormat()
  const roleLine = useRoleLine()
  const cache = useQueryClient()
  const asker = useAsker()
  const [giving, setGiving] = useState(false)
  const [changing, setChanging] = useState<RoleAssignment | null>(null)
  const barred = api.barredFromKeepingPerson(asker, person)
  const end = useMutation({
    mutationFn: (roleId: string) => call(api.endRole, { params: { id: person.id, roleId } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['people'] }),
  })
  const columns: readonly Column<RoleAssignment>[] = [
    {
      key: 'role',
      head: t('people.role'),
      narrow: 'lead',
      cell: (held) => (
        <>
          {roleLine(held)}
          {held.byGroup && <span className="pl-small pl-quiet"> · {t('people.role.by-group')}</span>}
        </>
      ),
    },
    { key: 'from', head: t('people.person.from'), cell: ({ validFrom }) => format.day(validFrom), narrow: 'under' },
    {
      key: 'to',
      head: t('people.person.to'),
      narrow: 'under',
      cell: (held) => {
        const until = held.validTo ? format.day(held.validTo) : t('people.person.open')
        if (api.barredFromGranting(asker, held.role) !== null) return until
        return (
          <TextButton
            aria-label={t('people.role.change-named', { role: roleLine(held), until })}
            onClick={() => setChanging(held)}
          >
            {until}
          </TextButton>
        )
      },
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('people.person.end-role')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: (held) =>
        api.barredFromGranting(asker, held.role) === null && (
          <TextButton
            aria-label={t('people.person.end-role-named', { role: roleLine(held) })}
            onClick={() => end.mutate(held.id)}
          >
            {t('people.person.end-role')}
          </TextButton>
        ),
    },
  ]
  return (
    <Section title={t('people.roles')}>
      {end.isError && <Problem failure={end.error} />}
      <Table
        label={t('people.roles')}
        columns={columns}
        rows={person.roles}
        rowKey={({ id }) => id}
        empty={<Empty title={t('people.no-role')}>{t('people.person.no-role-more')}</Empty>}
      />
      <div style={{ marginTop: 12 }}>
        <Button barred={barred && t(barred)} onClick={() => setGiving(true)}>
          {t('people.person.give-role')}
        </Button>
      </div>
      {giving && <GiveRole person={person} onClose={() => setGiving(false)} />}
      {changing && <ChangeRole person={person} held={changing} onClose={() => setChanging(null)} />}
    </Section>
  )
}

function GiveRole({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const fitting = api.roles.filter((role) => api.isCustomersRole(role) === (person.customer !== null))
  const form = useForm<RoleValues & ScopeValues>({
    initial: {
      role: person.customer ? 'customer-stakeholder' : 'agent',
      customer: person.customer?.id ?? '',
      ...noScope,
    },
    check: (values) => ({ ...checkRole(t, values), ...checkDays(t, values) }),
    async submit(values) {
      const body = { ...sentRole(values), ...sentScope(values, values.role), ...sentDays(values) }
      await call(api.grantRole, { params: { id: person.id }, body })
      await cache.invalidateQueries({ queryKey: ['people'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('people.person.give-role-to', { name: person.name })} onClose={onClose}>
      <Form form={form} action={t('people.person.give')} onCancel={onClose}>
        <RoleFields form={form} of={fitting} />
        <DayFields form={form} />
        <ScopeFields form={form} />
      </Form>
    </Dialog>
  )
}

function ChangeRole({
  person,
  held,
  onClose,
}: {
  readonly person: Person
  readonly held: RoleAssignment
  readonly onClose: () => void
}) {
  const t = useText()
  const cache = useQueryClient()
  const roleLine = useRoleLine()
  const begun = held.validFrom <= useNow()
  const form = useForm({
    initial: { from: dayOf(held.validFrom), to: held.validTo ? dayOf(held.validTo) : '' },
    check: (values) => checkDays(t, begun ? { ...values, from: '' } : values),
    async submit(values) {
      const days = sentDays(begun ? { ...values, from: '' } : values)
      await call(api.changeRole, { params: { id: person.id, roleId: held.id }, body: { validTo: null, ...days } })
      await cache.invalidateQueries({ queryKey: ['people'] })
      onClose()
    },
  })
  return (
    <Dialog title={roleLine(held)} onClose={onClose}>
      <Form form={form} action={t('people.account.save')} onCancel={onClose}>
        {begun ? (
          <TextField
            field={form.field('to')}
            type="date"
            label={t('people.role.to')}
            hint={t('people.role.to-hint')}
            optional
          />
        ) : (
          <DayFields form={form} />
        )}
      </Form>
    </Dialog>
  )
}
