import * as api from '#api/major-incidents'
import type { MajorIncidentPage } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useColleagues } from '#web/modules/incidents/index.ts'
import { useSession } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSaving } from '#web/ui/use-saving.ts'
import { useChanged } from './queries.ts'
import classes from './room.module.css'

interface Values {
  readonly commander: string
  readonly communications: string
  readonly technical: readonly { readonly id: string; readonly name: string }[]
  /** Somebody more. */
  readonly more: string
  readonly bridge: string
}

interface RolesDialogProps {
  readonly major: MajorIncidentPage
  readonly onClose: () => void
}

/** Who leads, who tells, who looks for the cause, and where they talk. */
export function RolesDialog({ major, onClose }: RolesDialogProps) {
  const t = useText()
  const changed = useChanged()
  const { person } = useSession()
  const colleagues = useColleagues()
  const named = [major.commander, major.communications, ...major.technical, person].filter((each) => each !== null)
  const people = [...new Map([...named, ...colleagues].map(({ id, name }) => [id, { id, name }])).values()]
  const saving = useSaving<MajorIncidentPage>(major, () => call(api.getMajorIncident, { params: { id: major.id } }))
  const form = useForm<Values>({
    initial: {
      commander: major.commander?.id ?? '',
      communications: major.communications?.id ?? '',
      technical: major.technical,
      more: '',
      bridge: major.bridge,
    },
    submit: async ({ commander, communications, technical, more, bridge }) => {
      const leads = [...technical.map(({ id }) => id), ...(more === '' ? [] : [more])]
      await saving.save((match) =>
        call(api.changeMajorIncident, {
          params: { id: major.id },
          match,
          body: {
            ...(commander !== '' && { commander }),
            communications: communications || null,
            technical: [...new Set(leads)],
            bridge: bridge.trim(),
          },
        }),
      )
      await changed()
      notify(t('major-incidents.roles-done'))
      onClose()
    },
  })
  const { technical } = form.values
  return (
    <Dialog title={t('major-incidents.roles')} onClose={onClose}>
      <Form form={form} action={t('major-incidents.save')} onCancel={onClose}>
        <PersonField field={form.field('commander')} label={t('major-incidents.commander')} people={people} />
        <PersonField
          field={form.field('communications')}
          label={t('major-incidents.communications')}
          people={people}
          nobody={t('major-incidents.nobody')}
        />
        {technical.length > 0 && (
          <ul className={classes.log} aria-label={t('major-incidents.technical')}>
            {technical.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <TextButton
                  aria-label={t('major-incidents.technical-remove', { name })}
                  onClick={() => form.set({ technical: technical.filter((each) => each.id !== id) })}
                >
                  {t('major-incidents.remove')}
                </TextButton>
              </li>
            ))}
          </ul>
        )}
        <PersonField
          field={form.field('more')}
          label={t('major-incidents.technical-more')}
          people={people.filter(({ id }) => !technical.some((each) => each.id === id))}
          nobody={t('major-incidents.nobody')}
        />
        <TextField
          field={form.field('bridge')}
          label={t('major-incidents.bridge')}
          hint={t('major-incidents.bridge-hint')}
          optional
        />
      </Form>
    </Dialog>
  )
}
