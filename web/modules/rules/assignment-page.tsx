import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/rules'
import { type AssignmentProfile, barredFromManaging } from '#api/rules'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { profilesQuery } from './queries.ts'
import { RuleTabs } from './tabs.tsx'

/** What giving people work takes to know of them: what they know, and when they are not there. */
export function AssignmentPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  return (
    <Page title={t('rules.assignment')} lede={t('rules.assignment-lede')}>
      {barred === null ? (
        <>
          <RuleTabs />
          <Profiles />
        </>
      ) : (
        <Problem title={t(barred)} />
      )}
    </Page>
  )
}

function Profiles() {
  const t = useText()
  const { data: profiles } = useSuspenseQuery(profilesQuery())
  const [open, setOpen] = useState<AssignmentProfile | null>(null)
  const columns: readonly Column<AssignmentProfile>[] = [
    {
      key: 'name',
      head: t('rules.person'),
      width: '24%',
      narrow: 'lead',
      cell: (profile) => <TextButton onClick={() => setOpen(profile)}>{profile.person.name}</TextButton>,
    },
    { key: 'teams', head: t('rules.teams'), width: '24%', narrow: 'hidden', cell: ({ teams }) => teams.join(', ') },
    { key: 'skills', head: t('rules.skills'), narrow: 'under', cell: ({ skills }) => skills.join(', ') || '–' },
    {
      key: 'absent',
      head: t('rules.absent'),
      width: '230px',
      narrow: 'under',
      cell: ({ absentFrom, absentTo }) =>
        absentFrom === null ? '–' : t('rules.absent-span', { from: day(absentFrom), to: day(absentTo) }),
    },
  ]
  return (
    <>
      <Table
        label={t('rules.assignment')}
        columns={columns}
        rows={profiles}
        rowKey={({ person }) => person.id}
        empty={<Empty title={t('rules.assignment-none')}>{t('rules.assignment-none-more')}</Empty>}
      />
      {open !== null && <ProfileDialog profile={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function day(date: string | null): Date {
  return new Date(`${date ?? ''}T12:00:00`)
}

function ProfileDialog({
  profile: { person, version, ...profile },
  onClose,
}: {
  readonly profile: AssignmentProfile
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: {
      skills: profile.skills.join(', '),
      absentFrom: profile.absentFrom ?? '',
      absentTo: profile.absentTo ?? '',
    },
    submit: async ({ skills, absentFrom, absentTo }) => {
      const body = {
        skills: skills.split(',').flatMap((skill) => skill.trim() || []),
        absentFrom: absentFrom || null,
        absentTo: absentTo || null,
      }
      await call(api.setAssignmentProfile, { params: { id: person.id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['rules', 'profiles'] })
      notify(t('rules.profile-saved', { name: person.name }))
      onClose()
    },
  })
  return (
    <Dialog title={person.name} onClose={onClose}>
      <Form form={form} action={t('rules.save')} onCancel={onClose}>
        <TextField field={form.field('skills')} label={t('rules.skills')} hint={t('rules.skills-hint')} optional />
        <FieldRow>
          <TextField field={form.field('absentFrom')} label={t('rules.absent-from')} type="date" optional />
          <TextField field={form.field('absentTo')} label={t('rules.absent-to')} type="date" optional />
        </FieldRow>
      </Form>
    </Dialog>
  )
}
