import { useEffect } from 'react'
import { Dialog } from '#web/ui/dialog.tsx'
import { markNoticesSeen, useSaidNotices } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { WaitingWrites } from '#web/app/waiting-writes.tsx'
import classes from './said-notices.module.css'

/** What the program said lately, and what of one's own waits to be sent. */
export function SaidNotices({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const { said } = useSaidNotices()
  const newest = said[0]?.id ?? 0
  useEffect(() => markNoticesSeen(newest), [newest])
  return (
    <Dialog title={t('app.notices')} onClose={onClose} width={560}>
      <WaitingWrites />
      {said.length === 0 ? (
        <p className="pl-quiet">{t('app.notices.none')}</p>
      ) : (
        <ol className={classes.said}>
          {said.map(({ id, text, at }) => (
            <li key={id}>
              <span className="pl-quiet pl-small pl-number">{format.time(at)}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  )
}
