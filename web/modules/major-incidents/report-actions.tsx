import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/major-incidents'
import { actionKinds, barredFromLeading, type MajorAction, type MajorIncidentPage } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useColleagues } from '#web/modules/incidents/index.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { actionsQuery, useChanged } from './queries.ts'
import classes from './room.module.css'

/** What is to be different afterwards: what, who, until when, and how it will be seen that it works. */
export function ReportActions({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const changed = useChanged()
  const may = barredFromLeading(useAsker(), major) === null
  const { data = [] } = useQuery(actionsQuery(major.id))
  const [open, setOpen] = useState<MajorAction | 'new' | null>(null)
  async function finish({ id, version, doneAt }: MajorAction) {
    await call(api.changeMajorAction, { params: { id }, body: { done: doneAt === null }, match: version })
    await changed()
  }
  async function remove(action: MajorAction) {
    await call(api.removeMajorAction, { params: { id: action.id } })
    await changed()
    notify(t('major-incidents.action.removed'))
  }
  return (
    <>
      {data.length === 0 && <p className="pl-quiet">{t('major-incidents.actions-none')}</p>}
      <ul className={classes.log}>
        {data.map((action) => (
          <li key={action.id}>
            <State is={action.doneAt !== null ? 'met' : action.owner === null ? 'soon' : 'runs'}>
              {t(`major-incidents.action.${action.kind}`)}
            </State>
            <span>
              {action.what}{' '}
              <span className="pl-quiet pl-small">
                {t('major-incidents.action.who', {
                  owner: action.owner?.name ?? t('major-incidents.nobody'),
                  due: action.due === null ? t('major-incidents.unknown') : format.date(new Date(action.due), 'UTC'),
                  verification: action.verification || t('major-incidents.unknown'),
                })}
              </span>
            </span>
            {may && (
              <span className={classes.small}>
                <TextButton onClick={() => void finish(action)}>
                  {t(action.doneAt === null ? 'major-incidents.action.finish' : 'major-incidents.action.undo')}
                </TextButton>
                <TextButton onClick={() => setOpen(action)}>{t('major-incidents.action.change')}</TextButton>
                <TextButton onClick={() => void remove(action)}>{t('major-incidents.remove')}</TextButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <p className={classes.add}>
          <Button onClick={() => setOpen('new')}>{t('major-incidents.action.add')}</Button>
        </p>
      )}
      {open !== null && (
        <ActionDialog major={major} action={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

interface ActionDialogProps {
  readonly major: MajorIncidentPage
  /** None: another one. */
  readonly action: MajorAction | null
  readonly onClose: () => void
}

function ActionDialog({ major, action, onClose }: ActionDialogProps) {
  const t = useText()
  const changed = useChanged()
  const { person } = useSession()
  const colleagues = useColleagues()
  const named = [person, action?.owner ?? null].filter((each) => each !== null)
  const people = [...new Map([...named, ...colleagues].map(({ id, name }) => [id, { id, name }])).values()]
  const form = useForm({
    initial: {
      what: action?.what ?? '',
      kind: action?.kind ?? ('preventive' as const),
      owner: action?.owner?.id ?? '',
      due: action?.due ?? '',
      verification: action?.verification ?? '',
    },
    check: ({ what }) => ({ ...(what.trim() === '' && { what: t('major-incidents.words-needed') }) }),
    submit: async ({ what, kind, owner, due, verification }) => {
      const body = {
        what: what.trim(),
        kind,
        owner: owner || null,
        due: due || null,
        verification: verification.trim(),
      }
      await (action === null
        ? call(api.addMajorAction, { params: { id: major.id }, body })
        : call(api.changeMajorAction, { params: { id: action.id }, body, match: action.version }))
      await changed()
      onClose()
    },
  })
  return (
    <Dialog
      title={t(action === null ? 'major-incidents.action.add' : 'major-incidents.action.change')}
      onClose={onClose}
      width={560}
    >
      <Form form={form} action={t('major-incidents.save')} onCancel={onClose}>
        <TextAreaField field={form.field('what')} label={t('major-incidents.action.what')} rows={2} />
        <FieldRow>
          <SelectField
            field={form.field('kind')}
            label={t('major-incidents.action.kind')}
            options={actionKinds.map((value) => ({ value, label: t(`major-incidents.action.${value}`) }))}
          />
          <TextField field={form.field('due')} type="date" label={t('major-incidents.action.due')} />
        </FieldRow>
        <PersonField
          field={form.field('owner')}
          label={t('major-incidents.action.owner')}
          people={people}
          nobody={t('major-incidents.nobody')}
        />
        <TextAreaField
          field={form.field('verification')}
          label={t('major-incidents.action.verification')}
          hint={t('major-incidents.action.verification-hint')}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}
