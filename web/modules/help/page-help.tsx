import { Link, useLocation } from '@tanstack/react-router'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { useText } from '#web/ui/text.tsx'
import { topicOf } from './topics.ts'
import classes from './help.module.css'

interface PageHelpProps {
  readonly onClose: () => void
  readonly openKeys: () => void
  readonly openTour: () => void
}

/** What the page is for, in a sentence, and where more is said. */
export function PageHelp({ onClose, openKeys, openTour }: PageHelpProps) {
  const t = useText()
  const { pathname } = useLocation()
  const { sentence, chapter } = topicOf(pathname)
  return (
    <Dialog title={t('help.title')} onClose={onClose} width={520}>
      <p>{t(sentence)}</p>
      <p className={classes.more}>
        <Link to="/help/$chapter" params={{ chapter }} onClick={onClose}>
          {t('help.chapter', { chapter: t(`help.chapter.${chapter}`) })}
        </Link>
      </p>
      <div className={classes.ways}>
        <p className="pl-small pl-quiet">{t('help.tour-why')}</p>
        <Buttons>
          <Button onClick={openTour}>{t('help.tour')}</Button>
          <Button onClick={openKeys} keys="?">
            {t('help.keys')}
          </Button>
        </Buttons>
      </div>
    </Dialog>
  )
}
