import type { IncidentPage } from '#api/incidents'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './conflict.module.css'

interface ConflictProps {
  readonly moved: IncidentPage
  /** Fields that were changed on both sides, as both wrote them. */
  readonly lines: readonly { readonly field: string; readonly theirs: string; readonly mine: string }[]
}

/** What is there now beside what was typed; what was typed stays in the form. */
export function Conflict({ moved, lines }: ConflictProps) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={classes.conflict} role="alert">
      <p>
        <b>{t('incidents.conflict.title', { at: format.time(moved.updatedAt) })}</b> {t('incidents.conflict.what')}
      </p>
      <table aria-label={t('incidents.conflict.label')}>
        <thead>
          <tr>
            <th scope="col">{t('incidents.conflict.field')}</th>
            <th scope="col">{t('incidents.conflict.theirs')}</th>
            <th scope="col">{t('incidents.conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ field, theirs, mine }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td>{theirs}</td>
              <td>{mine}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
