import type { ReactNode } from 'react'
import type { Attachment } from '#api/attachments'
import type { HistoryEntry, IncidentPage } from '#api/incidents'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { addressOf } from './report-files.tsx'
import { type Said, saidOf } from './said.ts'
import classes from './conversation.module.css'

interface ConversationProps {
  readonly report: IncidentPage
  readonly facts: readonly HistoryEntry[]
  readonly files: readonly Attachment[]
}

/** What was said, the oldest first: their words and ours apart by side, name and colour. */
export function Conversation({ report, facts, files }: ConversationProps) {
  const t = useText()
  const { description, requester, openedAt } = report
  return (
    <section className={classes.conversation} aria-label={t('portal.conversation')}>
      <Words side="theirs" by={requester?.name ?? t('portal.you')} at={openedAt}>
        {description === '' ? report.title : description}
      </Words>
      {saidOf(facts).map((said) => (
        <Line key={said.id} said={said} report={report} files={files} />
      ))}
    </section>
  )
}

interface LineProps extends Pick<ConversationProps, 'report' | 'files'> {
  readonly said: Said
}

function Line({ said, report, files }: LineProps) {
  const t = useText()
  const format = useFormat()
  switch (said.kind) {
    case 'theirs':
      return (
        <Words side="theirs" by={said.by ?? t('portal.you')} at={said.at}>
          {said.text}
          {said.quoted !== '' && (
            <details>
              <summary>{t('portal.quoted')}</summary>
              {said.quoted}
            </details>
          )}
        </Words>
      )
    case 'ours':
      return (
        <Words side="ours" by={t('portal.us')} at={said.at}>
          {said.text}
        </Words>
      )
    case 'solved':
      return (
        <Words side="ours" by={t('portal.solved')} at={said.at}>
          {said.text}
        </Words>
      )
    case 'file': {
      const file = files.find(({ name }) => name === said.name)
      return (
        <p className={classes.step}>
          {file === undefined ? said.name : <Shown report={report} file={file} />} · {format.instant(said.at)}
        </p>
      )
    }
    case 'step':
      break
  }
  return (
    <p className={classes.step}>
      {t('portal.step', { step: said.step })} · {format.instant(said.at)}
    </p>
  )
}

function Shown({ report, file }: { readonly report: IncidentPage; readonly file: Attachment }) {
  return (
    <a href={addressOf(report, file)} target="_blank" rel="noreferrer">
      {file.name}
    </a>
  )
}

interface WordsProps {
  readonly side: 'theirs' | 'ours'
  readonly by: string
  readonly at: Date
  readonly children: ReactNode
}

function Words({ side, by, at, children }: WordsProps) {
  const format = useFormat()
  return (
    <article className={classes.words} data-side={side}>
      <p className={classes.by}>
        <b>{by}</b> <time dateTime={at.toISOString()}>{format.instant(at)}</time>
      </p>
      <div className={classes.text}>{children}</div>
    </article>
  )
}
