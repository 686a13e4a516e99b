import { codeIsMissing } from '#web/app/code-is-missing.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { useText } from '#web/ui/text.tsx'

interface NotLoadedProps {
  readonly error: unknown
  readonly onClose: () => void
}

/** In place of something over the page that did not come: the page stays, and what was typed there. */
export function NotLoaded({ error, onClose }: NotLoadedProps) {
  const t = useText()
  // Nothing comes without a network, so that says nothing about versions.
  const newer = codeIsMissing(error) && navigator.onLine
  return (
    <Dialog title={t(newer ? 'app.crash.outdated' : 'app.not-loaded.title')} onClose={onClose}>
      <p>{t(newer ? 'app.not-loaded.newer' : 'app.not-loaded.why')}</p>
      <p style={{ margin: '8px 0 16px' }}>{t('app.not-loaded.kept')}</p>
      <Buttons>
        <Button main onClick={onClose} data-autofocus>
          {t('app.not-loaded.back')}
        </Button>
        {newer && <Button onClick={() => location.reload()}>{t('app.crash.reload')}</Button>}
      </Buttons>
    </Dialog>
  )
}
