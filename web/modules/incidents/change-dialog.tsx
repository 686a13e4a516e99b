import type { IncidentPage } from '#api/incidents'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useServices, useSites } from './choices.ts'
import { Conflict } from './conflict.tsx'
import { useChange } from './use-change.ts'

interface ChangeDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** What it is about: title, description, site, service, category. */
export function ChangeDialog({ incident, onClose }: ChangeDialogProps) {
  const t = useText()
  const sites = useSites(incident.customer.id)
  const services = useServices(incident.customer.id)
  const change = useChange({ incident, read: valuesOf, write: changeOf })
  const form = useForm({
    initial: change.initial,
    check: ({ title }) => ({ ...(title.trim() === '' && { title: t('incidents.title-needed') }) }),
    submit: async (values) => {
      if (!(await change.save(values))) return
      notify(t('incidents.done.change', { number: incident.number }))
      onClose()
    },
  })
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const none = { value: '', label: t('incidents.none-chosen') }
  return (
    <Dialog title={t('incidents.change.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t(change.moved ? 'incidents.conflict.keep' : 'incidents.change.do')}
        barred={form.dirty || change.moved ? null : t('incidents.change.same')}
        beside={<Button onClick={onClose}>{t(change.moved ? 'incidents.conflict.take' : 'incidents.not-now')}</Button>}
      >
        <TextField field={form.field('title')} label={t('incidents.field.title')} maxLength={400} autoFocus />
        <FieldRow>
          <SearchField field={form.field('site')} label={t('incidents.site')} options={[none, ...sites.map(option)]} />
          <SearchField
            field={form.field('service')}
            label={t('incidents.service')}
            options={[none, ...services.map(option)]}
          />
        </FieldRow>
        <TextField field={form.field('category')} label={t('incidents.category')} optional maxLength={200} />
        <TextAreaField field={form.field('description')} label={t('incidents.description')} optional rows={6} />
        {change.moved && <Conflict moved={change.moved} lines={differing(change.moved)} />}
      </Form>
    </Dialog>
  )

  /** The fields that are not as somebody else left them, of those that are edited here. */
  function differing(moved: IncidentPage) {
    const theirs = valuesOf(moved)
    const names: Readonly<Record<keyof typeof theirs, string>> = {
      title: t('incidents.field.title'),
      description: t('incidents.description'),
      category: t('incidents.category'),
      site: t('incidents.site'),
      service: t('incidents.service'),
    }
    const written = (name: keyof typeof theirs, value: string) => {
      if (value === '') return t('incidents.none-chosen')
      const items = name === 'site' ? sites : name === 'service' ? services : []
      return items.find(({ id }) => id === value)?.name ?? value
    }
    return (Object.keys(names) as (keyof typeof theirs)[])
      .filter((name) => form.values[name] !== change.initial[name] && form.values[name] !== theirs[name])
      .map((name) => ({
        name: names[name],
        theirs: written(name, theirs[name]),
        mine: written(name, form.values[name]),
      }))
  }
}

function valuesOf({ title, description, category, site, service }: IncidentPage) {
  return { title, description, category: category ?? '', site: site?.id ?? '', service: service?.id ?? '' }
}

function changeOf(edited: Partial<ReturnType<typeof valuesOf>>) {
  const { title, description, category, site, service } = edited
  return {
    ...(title !== undefined && { title: title.trim() }),
    ...(description !== undefined && { description }),
    ...(category !== undefined && { category: category.trim() || null }),
    ...(site !== undefined && { site: site || null }),
    ...(service !== undefined && { service: service || null }),
  }
}
