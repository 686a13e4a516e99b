import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attachment } from '#api/attachments'
import { type IncidentPage, openIncidentAttachment } from '#api/incidents'
import { urlOf } from '#web/http/call.ts'
import { Problem } from '#web/ui/problem.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ChosenFiles } from './chosen-files.tsx'
import { type Sending, sendFiles } from './send-files.ts'
import classes from './report-files.module.css'

/** Where a file of a report opens. */
export function addressOf(report: Pick<IncidentPage, 'id'>, file: Pick<Attachment, 'id'>): string {
  return urlOf(openIncidentAttachment, { params: { id: report.id, attachmentId: file.id }, query: { show: 'true' } })
}

interface ReportFilesProps {
  readonly report: IncidentPage
  readonly files: readonly Attachment[]
  readonly may: boolean
}

/** Files of a report; what is dropped or pasted here is added at once. */
export function ReportFiles({ report, files, may }: ReportFilesProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const [left, setLeft] = useState<readonly File[]>([])
  const [sending, setSending] = useState<Sending | null>(null)
  const [failure, setFailure] = useState<unknown>(null)

  async function add(chosen: readonly File[]) {
    setLeft(chosen)
    setFailure(null)
    if (sending !== null || chosen.length < left.length) return
    try {
      await sendFiles(report.id, chosen, {
        onSending: setSending,
        onArrived: (file) => setLeft((before) => before.filter((each) => each !== file)),
      })
    } catch (thrown) {
      setFailure(thrown)
    }
    void client.invalidateQueries({ queryKey: ['portal', 'report'] })
  }
  return (
    <SideSection title={t('portal.files')}>
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((file) => (
            <li key={file.id}>
              <a href={addressOf(report, file)} target="_blank" rel="noreferrer">
                {/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) && (
                  <img src={addressOf(report, file)} alt="" loading="lazy" />
                )}
                {file.name}
              </a>{' '}
              <span className="pl-quiet pl-tiny">{format.bytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      {may && <ChosenFiles files={left} onChange={(chosen) => void add(chosen)} sending={sending} />}
      {failure !== null && <Problem failure={failure} />}
    </SideSection>
  )
}
