import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attachment } from '#api/attachments'
import * as api from '#api/requests'
import { barredFromConfirming, type RequestPage } from '#api/requests'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { call, urlOf } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './requests.module.css'

function requestFilesQuery(number: string) {
  return queryOptions({
    queryKey: ['requests', 'files', number],
    queryFn: async ({ signal }) => (await call(api.listRequestAttachments, { params: { id: number } }, signal)).items,
  })
}

/** Files of a request: whose it is adds them for both sides, the desk for itself until it shows them. */
export function RequestFiles({ request }: { readonly request: RequestPage }) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const own = barredFromConfirming(asker, [request.requester?.id ?? null, request.orderedBy?.id ?? null]) === null
  const may = inside ? barredFromWorking(asker) === null : own
  const { data: files = [] } = useQuery(requestFilesQuery(request.number))
  const [sending, setSending] = useState<{ readonly name: string; readonly share: number } | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const shown = files.filter(({ removed }) => !removed)
  if (shown.length === 0 && !may) return null
  async function trying(work: () => Promise<unknown>) {
    setFailure(null)
    try {
      await work()
    } catch (thrown) {
      setFailure(thrown)
    }
    setSending(null)
    await client.invalidateQueries({ queryKey: ['requests'] })
  }
  async function add(chosen: readonly File[]) {
    for (const file of chosen) {
      const { name } = file
      setSending({ name, share: 0 })
      await upload(api.addRequestAttachment, { params: { id: request.id }, query: { name } }, file, {
        onProgress: (share) => setSending({ name, share }),
      })
    }
  }
  const change = ({ id, version }: Attachment, body: api.RequestFileChange) =>
    trying(() =>
      call(api.changeRequestAttachment, { params: { id: request.id, attachmentId: id }, body, match: version }),
    )
  return (
    <SideSection title={t('requests.files')}>
      {shown.length > 0 && (
        <ul className={classes.lines}>
          {shown.map((file) => (
            <li key={file.id}>
              <FileLine request={request} file={file} inside={inside} />
              {inside && may && (
                <p className="pl-small">
                  <TextButton
                    onClick={() =>
                      void change(file, { visibility: file.visibility === 'public' ? 'internal' : 'public' })
                    }
                  >
                    {t(file.visibility === 'public' ? 'requests.files.hide' : 'requests.files.show')}
                  </TextButton>{' '}
                  <TextButton onClick={() => void change(file, { removed: true })}>
                    {t('requests.files.remove')}
                  </TextButton>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <FileDrop
          label={t('requests.files.drop')}
          hint={t(inside ? 'requests.files.hint-inside' : 'requests.files.hint')}
          multiple
          onFiles={(chosen) => void trying(() => add(chosen))}
        />
      )}
      {sending && <Progress label={t('requests.files.sending', { name: sending.name })} share={sending.share} />}
      {failure !== null && <Problem failure={failure} />}
    </SideSection>
  )
}

interface FileLineProps {
  readonly request: RequestPage
  readonly file: Attachment
  readonly inside: boolean
}

function FileLine({ request, file, inside }: FileLineProps) {
  const t = useText()
  const format = useFormat()
  const { id, name, size, addedBy, visibility } = file
  const facts = [
    format.bytes(size),
    addedBy,
    inside && visibility === 'public' ? t('requests.files.public', { customer: request.customer.name }) : null,
  ].filter((fact) => fact !== null)
  return (
    <>
      <a
        href={urlOf(api.openRequestAttachment, {
          params: { id: request.id, attachmentId: id },
          query: { show: 'true' },
        })}
        target="_blank"
        rel="noreferrer"
      >
        {name}
      </a>{' '}
      <span className="pl-quiet pl-tiny">{facts.join(' · ')}</span>
    </>
  )
}
