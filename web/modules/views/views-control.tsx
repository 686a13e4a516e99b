import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/views'
import { barredFromKeepingViews, type View } from '#api/views'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { OptionList } from '#web/ui/option-list.tsx'
import { useText } from '#web/ui/text.tsx'
import { useViews, viewsQuery } from '#web/modules/views/queries.ts'
import { ViewDialog } from '#web/modules/views/view-dialog.tsx'
import classes from './views-control.module.css'

export interface ViewsControlProps {
  /** Of which page: `incidents`. */
  readonly page: string
  /** What would be kept now. */
  readonly search: View['search']
  /** The view that was picked. */
  readonly picked: string | undefined
  /** Whether the picked view shows just this. */
  readonly isSame: (view: View) => boolean
  /** Null for the list as it is without a view. */
  readonly onPick: (view: View | null) => void
  /** With whom it may be shared; none for a customer's people. */
  readonly teams: readonly { readonly id: string; readonly name: string }[]
}

/** Which kept view is shown, and with whom it is shared; to pick another, to keep this one. */
export function ViewsControl(props: ViewsControlProps) {
  const { page, search, picked, isSame, onPick, teams } = props
  const t = useText()
  const client = useQueryClient()
  const views = useViews(page)
  const [picking, setPicking] = useState(false)
  const [editing, setEditing] = useState<View | 'new' | null>(null)
  const may = barredFromKeepingViews(useAsker()) === null
  const current = views?.find(({ id }) => id === picked)
  if (views === undefined) return null
  const again = () => client.invalidateQueries({ queryKey: viewsQuery(page).queryKey })

  async function save(view: View) {
    await call(api.changeView, { params: { id: view.id }, body: { search }, match: view.version })
    await again()
    notify(t('ui.views.saved', { name: view.name }))
  }
  async function choose(view: View, usual: boolean) {
    await call(api.chooseUsualView, { params: { page }, body: { view: usual ? view.id : null } })
    await again()
    notify(t(usual ? 'ui.views.usual-done' : 'ui.views.usual-undone', { name: view.name }))
  }
  async function remove(view: View) {
    await call(api.removeView, { params: { id: view.id } })
    await again()
    onPick(null)
    notify(t('ui.views.removed', { name: view.name }), () => void keepAgain(view))
  }
  async function keepAgain({ name, search: kept, shared, team, usual }: View) {
    const back = await call(api.addView, { body: { page, name, search: kept, shared, team: team?.id, usual } })
    await again()
    onPick(back)
  }
  const changed = current !== undefined && !isSame(current)
  return (
    <span className={classes.views}>
      {views.length > 0 && (
        <Floating
          open={picking}
          onOpenChange={setPicking}
          label={t('ui.views.title')}
          className={classes.panel}
          button={
            <TextButton>
              {current === undefined ? t('ui.views.pick') : t('ui.views.picked', { name: current.name })}
            </TextButton>
          }
        >
          <OptionList
            label={t('ui.views.title')}
            options={[
              { value: '', label: t('ui.views.none') },
              ...views.map((view) => ({ value: view.id, label: viewName(t, view) })),
            ]}
            isChosen={(id) => id === (picked ?? '')}
            onPick={(id) => {
              setPicking(false)
              onPick(views.find((view) => view.id === id) ?? null)
            }}
          />
        </Floating>
      )}
      {current && <span>{sharedWords(t, current)}</span>}
      {changed && current.own && may && (
        <TextButton onClick={() => void save(current)}>{t('ui.views.save')}</TextButton>
      )}
      {may && (current === undefined || changed) && (
        <TextButton onClick={() => setEditing('new')}>{t('ui.views.keep')}</TextButton>
      )}
      {current && may && !changed && (
        <Menu button={<TextButton>{t('ui.views.more')}</TextButton>}>
          <MenuItem onClick={() => void choose(current, !current.usual)}>
            {t(current.usual ? 'ui.views.not-usual' : 'ui.views.usual')}
          </MenuItem>
          <MenuItem onClick={() => setEditing(current)} barred={current.own ? null : t('ui.views.not-own')}>
            {t('ui.views.change')}
          </MenuItem>
          <MenuItem onClick={() => void remove(current)} barred={current.own ? null : t('ui.views.not-own')}>
            {t('ui.views.remove')}
          </MenuItem>
        </Menu>
      )}
      {editing !== null && (
        <ViewDialog
          page={page}
          search={search}
          view={editing === 'new' ? null : editing}
          teams={teams}
          onClose={() => setEditing(null)}
          onKept={async (view) => {
            await again()
            setEditing(null)
            if (editing === 'new') onPick(view)
            notify(t('ui.views.saved', { name: view.name }))
          }}
        />
      )}
    </span>
  )
}

function viewName(t: ReturnType<typeof useText>, { name, own, owner, usual }: View): string {
  return t('ui.views.name', { name, own: own ? 'yes' : 'no', owner: owner ?? '', usual: usual ? 'yes' : 'no' })
}

function sharedWords(t: ReturnType<typeof useText>, { shared, team, own, owner }: View): string {
  if (!own) return t('ui.views.of', { owner: owner ?? '' })
  return t('ui.views.shared', { shared, team: team?.name ?? '' })
}
