import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Attachment } from '#api/attachments'
import * as api from '#api/incidents'
import { barredFromWorking, type IncidentPage } from '#api/incidents'
import { call, urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { filesQuery } from './queries.ts'
import classes from './incident-files.module.css'

interface IncidentFilesProps {
  readonly incident: IncidentPage
  readonly onAdd: () => void
}

/** Files of this incident: each opens, says its size and whether the customer sees it. */
export function IncidentFiles({ incident, onAdd }: IncidentFilesProps) {
  const t = useText()
  const may = barredFromWorking(useAsker()) === null
  const { data: files = [] } = useQuery(filesQuery(incident.number))
  if (files.length === 0 && !may) return null
  return (
    <SideSection title={t('incidents.files')}>
      <ul className={classes.files}>
        {files.map((file) => (
          <li key={file.id}>
            <FileLine incident={incident} file={file} />
            {may && <FileMenu incident={incident} file={file} />}
          </li>
        ))}
      </ul>
      {may && <TextButton onClick={onAdd}>{t('incidents.files.add')}</TextButton>}
    </SideSection>
  )
}

interface FileProps {
  readonly incident: IncidentPage
  readonly file: Attachment
}

/** The picture itself, small, where it is one; else the kind of file that it is. */
function FileLine({ incident, file }: FileProps) {
  const t = useText()
  const format = useFormat()
  const may = barredFromWorking(useAsker()) === null
  const { id, name, type, size, visibility, addedBy } = file
  const address = urlOf(api.openIncidentAttachment, {
    params: { id: incident.id, attachmentId: id },
    query: { show: 'true' },
  })
  const facts = [
    format.bytes(size),
    addedBy,
    may && visibility === 'public' && t('incidents.files.public', { customer: incident.customer.name }),
  ].filter((fact) => typeof fact === 'string')
  return (
    <a className={classes.file} href={address} target="_blank" rel="noreferrer">
      {/^image\/(png|jpeg|gif|webp|avif)$/.test(type) ? (
        <img className={classes.thumb} src={address} alt="" loading="lazy" />
      ) : (
        <span className={classes.thumb} aria-hidden>
          {kindOf(name)}
        </span>
      )}
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span className="pl-quiet pl-tiny">{facts.join(' · ')}</span>
      </span>
    </a>
  )
}

function FileMenu({ incident, file }: FileProps) {
  const t = useText()
  const client = useQueryClient()
  const { id, name, visibility } = file
  const customer = incident.customer.name
  const params = { id: incident.id, attachmentId: id }

  async function change(to: { visibility?: 'internal' | 'public'; removed?: boolean }, told: string) {
    const { version } = await call(api.changeIncidentAttachment, { params, body: to, match: file.version })
    await client.invalidateQueries({ queryKey: ['incidents', 'one'] })
    const back = 'removed' in to ? { removed: false } : { visibility }
    notify(told, () => {
      void call(api.changeIncidentAttachment, { params, body: back, match: version }).then(() =>
        client.invalidateQueries({ queryKey: ['incidents', 'one'] }),
      )
    })
  }
  return (
    <Menu
      button={
        <button type="button" className={classes.more} aria-label={t('incidents.files.more', { name })}>
          …
        </button>
      }
    >
      {visibility === 'internal' ? (
        <MenuItem onClick={() => void change({ visibility: 'public' }, t('incidents.files.shown', { customer, name }))}>
          {t('incidents.files.show', { customer })}
        </MenuItem>
      ) : (
        <MenuItem
          onClick={() => void change({ visibility: 'internal' }, t('incidents.files.hidden', { customer, name }))}
        >
          {t('incidents.files.hide', { customer })}
        </MenuItem>
      )}
      <MenuItem onClick={() => void change({ removed: true }, t('incidents.files.removed', { name }))}>
        {t('incidents.files.remove')}
      </MenuItem>
    </Menu>
  )
}

/** `PDF` of `scan.pdf`; a sheet without a word where the name says nothing. */
function kindOf(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1]
  return ending?.toUpperCase() ?? ''
}
