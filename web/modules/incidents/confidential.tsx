import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/incidents'
import { confidences, type IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ConfidentialReaders, readersQuery } from './confidential-readers.tsx'
import { showChanged } from './queries.ts'
import classes from './major-flag.module.css'

/** That only few may know of it, and who they are. */
export function ConfidentialFlag({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const format = useFormat()
  const { confidential, team, assignee } = incident
  const { data: readers = [] } = useQuery(readersQuery(incident))
  if (confidential.length === 0) return null
  return (
    <p className={classes.flag}>
      <Glyph is="soon" /> <b>{t('incidents.confidential', { what: confidential.join('_') })}</b>{' '}
      {t('incidents.confidential.who', {
        hasTeam: team === null ? 'no' : 'yes',
        team: team?.name ?? '',
        hasPerson: assignee === null ? 'no' : 'yes',
        person: assignee?.name ?? '',
      })}
      {readers.length > 0 &&
        ` ${t('incidents.readers.also', { names: format.list(readers.map(({ person }) => person.name)) })}`}
    </p>
  )
}

interface ConfidentialDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** Why only few may know of it; said with whom that leaves. */
export function ConfidentialDialog({ incident, onClose }: ConfidentialDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { team, assignee } = incident
  const form = useForm({
    initial: {
      privacy: incident.confidential.includes('privacy'),
      security: incident.confidential.includes('security'),
    },
    submit: async (chosen) => {
      const confidential = confidences.filter((each) => chosen[each])
      const { id, version: match } = incident
      const changed = await call(api.changeIncident, { params: { id }, body: { confidential }, match })
      const still = await call(api.getIncident, { params: { id } }).catch(() => null)
      onClose()
      if (still !== null) {
        showChanged(client, changed)
        notify(t('incidents.done.change', { number: incident.number }))
        return
      }
      // Whoever said so may not see it any more: the page leads back to what they see.
      notify(t('incidents.confidential.gone', { number: incident.number }))
      await navigate({ to: '/incidents' })
      client.removeQueries({ queryKey: ['incidents', 'one'] })
      await client.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
  const nobody = team === null && assignee === null
  return (
    <Dialog title={t('incidents.confidential.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t('incidents.change.do')}
        barred={nobody ? t('incidents.confidential.nobody') : null}
        onCancel={onClose}
      >
        {confidences.map((each) => (
          <CheckField
            key={each}
            field={form.field(each)}
            label={t(`incidents.confidential.${each}`)}
            hint={t(`incidents.confidential.${each}-hint`)}
          />
        ))}
        <p className="pl-small">
          {t('incidents.confidential.who', {
            hasTeam: team === null ? 'no' : 'yes',
            team: team?.name ?? '',
            hasPerson: assignee === null ? 'no' : 'yes',
            person: assignee?.name ?? '',
          })}{' '}
          {t('incidents.confidential.consequence')}
        </p>
      </Form>
      {incident.confidential.length > 0 && <ConfidentialReaders incident={incident} />}
    </Dialog>
  )
}
