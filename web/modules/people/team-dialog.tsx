import type { Team } from '#api/people'
import { teamKinds, teamKindWord } from '#web/modules/people/team-words.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

type TeamValues = Pick<Team, 'name' | 'kind'>

/** A form of what a team is called and does, as it begins. */
export function useTeamForm(initial: TeamValues, submit: (values: TeamValues) => Promise<void>): FormState<TeamValues> {
  const t = useText()
  return useForm<TeamValues>({
    initial,
    check: ({ name }) => ({ name: name.trim() === '' ? t('people.team.name-missing') : undefined }),
    submit,
  })
}

interface TeamDialogProps {
  readonly title: string
  readonly action: string
  readonly form: FormState<TeamValues>
  readonly onClose: () => void
}

/** Asks for it. */
export function TeamDialog({ title, action, form, onClose }: TeamDialogProps) {
  const t = useText()
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={action} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('people.name')} maxLength={200} autoFocus />
        <SelectField
          field={form.field('kind')}
          label={t('people.team.kind')}
          options={teamKinds.map((kind) => ({ value: kind, label: t(teamKindWord[kind]) }))}
        />
      </Form>
    </Dialog>
  )
}
