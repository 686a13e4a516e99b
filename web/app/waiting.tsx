import { useText } from '#web/ui/text.tsx'
import classes from './waiting.module.css'

/** While a page comes: the bob swings a little, for whoever does not mind movement. */
export function Waiting() {
  const t = useText()
  return (
    <p className={classes.waiting} role="status">
      <span className={classes.line} aria-hidden />
      {t('app.waiting')}
    </p>
  )
}
