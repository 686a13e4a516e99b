import * as api from '#api/major-incidents'
import type { MajorIncidentPage } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useServices, useSites } from '#web/modules/incidents/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSaving } from '#web/ui/use-saving.ts'
import { useChanged } from './queries.ts'
import classes from './room.module.css'

type Named = { readonly id: string; readonly name: string }

interface Values {
  readonly services: readonly Named[]
  readonly sites: readonly Named[]
  readonly affectedUsers: number | null
  readonly businessImpact: string
}

interface ImpactDialogProps {
  readonly major: MajorIncidentPage
  readonly onClose: () => void
}

/** What is affected, as far as it is known; what is left empty is not known, and says so wherever it is told. */
export function ImpactDialog({ major, onClose }: ImpactDialogProps) {
  const t = useText()
  const changed = useChanged()
  const services = useServices(major.customer.id)
  const sites = useSites(major.customer.id)
  const saving = useSaving<MajorIncidentPage>(major, () => call(api.getMajorIncident, { params: { id: major.id } }))
  const initial: Values = {
    services: major.services,
    sites: major.sites,
    affectedUsers: major.affectedUsers,
    businessImpact: major.businessImpact,
  }
  const form = useForm<Values>({
    initial,
    submit: async ({ services: chosen, sites: places, affectedUsers, businessImpact }) => {
      await saving.save((match) =>
        call(api.changeMajorIncident, {
          params: { id: major.id },
          match,
          body: {
            services: chosen.map(({ id }) => id),
            sites: places.map(({ id }) => id),
            affectedUsers,
            businessImpact: businessImpact.trim(),
          },
        }),
      )
      await changed()
      notify(t('major-incidents.impact-done'))
      onClose()
    },
  })
  const { values } = form
  return (
    <Dialog title={t('major-incidents.impact-change')} onClose={onClose}>
      <Form form={form} action={t('major-incidents.save')} onCancel={onClose}>
        <Several
          label={t('major-incidents.services')}
          all={services}
          chosen={values.services}
          onChange={(chosen) => form.set({ services: chosen })}
        />
        <Several
          label={t('major-incidents.sites')}
          all={sites}
          chosen={values.sites}
          onChange={(chosen) => form.set({ sites: chosen })}
        />
        <NumberField
          field={form.field('affectedUsers')}
          label={t('major-incidents.users')}
          hint={t('major-incidents.users-hint')}
          min={0}
          width={160}
        />
        <TextAreaField
          field={form.field('businessImpact')}
          label={t('major-incidents.impact')}
          hint={t('major-incidents.impact-hint')}
          rows={3}
        />
      </Form>
    </Dialog>
  )
}

interface SeveralProps {
  readonly label: string
  readonly all: readonly Named[]
  readonly chosen: readonly Named[]
  readonly onChange: (chosen: readonly Named[]) => void
}

/** Some of many: those chosen, each with a way to take it away, and a field for one more. */
function Several({ label, all, chosen, onChange }: SeveralProps) {
  const t = useText()
  const others = all.filter(({ id }) => !chosen.some((each) => each.id === id))
  return (
    <div>
      <SearchField
        field={{
          name: label,
          value: '',
          error: undefined,
          onChange: (id) => {
            const more = others.find((each) => each.id === id)
            if (more !== undefined) onChange([...chosen, { id: more.id, name: more.name }])
          },
        }}
        label={label}
        placeholder={chosen.length === 0 ? t('major-incidents.unknown') : t('major-incidents.one-more')}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {chosen.length > 0 && (
        <ul className={classes.log}>
          {chosen.map(({ id, name }) => (
            <li key={id}>
              <span>{name}</span>
              <TextButton
                aria-label={t('major-incidents.technical-remove', { name })}
                onClick={() => onChange(chosen.filter((each) => each.id !== id))}
              >
                {t('major-incidents.remove')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
