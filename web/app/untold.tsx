import { useText } from '#web/ui/text.tsx'

/** Stands for a case that counts, and that whoever looks must not know of: no number, no name, no way to it. */
export function Untold() {
  const t = useText()
  return <span className="pl-quiet">{t('app.untold')}</span>
}
