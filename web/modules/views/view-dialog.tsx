import * as api from '#api/views'
import { sharings, type View } from '#api/views'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, RadioField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'

interface ViewDialogProps {
  readonly page: string
  /** What is kept: of a new view. */
  readonly search: View['search']
  /** Null for a new one. */
  readonly view: View | null
  readonly teams: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
  readonly onKept: (view: View) => Promise<void>
}

/** A view's name, with whom it is shared, and whether the page opens with it. */
export function ViewDialog({ page, search, view, teams, onClose, onKept }: ViewDialogProps) {
  const t = useText()
  const initial: {
    readonly name: string
    readonly shared: View['shared']
    readonly team: string
    readonly usual: boolean
  } = {
    name: view?.name ?? '',
    shared: view?.shared ?? 'nobody',
    team: view?.team?.id ?? '',
    usual: view?.usual ?? false,
  }
  const form = useForm({
    initial,
    check: ({ name, shared, team }) => ({
      ...(name.trim() === '' && { name: t('ui.views.name-needed') }),
      ...(shared === 'team' && team === '' && { team: t('ui.views.team-needed') }),
    }),
    submit: async ({ name, shared, team, usual }) => {
      const content = { name: name.trim(), shared, ...(shared === 'team' && { team }) }
      const kept =
        view === null
          ? await call(api.addView, { body: { page, search, usual, ...content } })
          : await call(api.changeView, { params: { id: view.id }, body: content, match: view.version })
      await onKept(kept)
    },
  })
  const offered = teams.length > 0 ? sharings : sharings.filter((sharing) => sharing !== 'team')
  return (
    <Dialog title={t(view === null ? 'ui.views.keep-title' : 'ui.views.change-title')} onClose={onClose}>
      <Form form={form} action={t('ui.views.do')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('ui.views.name-label')} maxLength={120} autoFocus />
        <RadioField
          field={form.field('shared')}
          label={t('ui.views.share')}
          options={offered.map((value) => ({ value, label: t(`ui.views.share.${value}`) }))}
        />
        {form.values.shared === 'team' && (
          <SearchField
            field={form.field('team')}
            label={t('ui.views.team')}
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {view === null && <CheckField field={form.field('usual')} label={t('ui.views.usual-label')} />}
      </Form>
    </Dialog>
  )
}
