import { useText } from '#web/ui/text.tsx'
import classes from './agreements.module.css'

export interface ConflictLine {
  readonly name: string
  readonly theirs: string
  readonly mine: string
}

interface TheirsAndMineProps {
  /** What both have changed, as both wrote it. */
  readonly lines: readonly ConflictLine[]
  /** Mine is kept in addition to theirs and not in its place. */
  readonly inAddition?: boolean
}

/** Somebody else was quicker: what is there now beside what was typed, which stays in the form. */
export function TheirsAndMine({ lines, inAddition = false }: TheirsAndMineProps) {
  const t = useText()
  return (
    <div className={classes.conflict} role="alert">
      <p>
        <b>{t('agreements.conflict.title')}</b>{' '}
        {t(inAddition ? 'agreements.conflict.what-beside' : 'agreements.conflict.what')}
      </p>
      {lines.length === 0 ? (
        <p className="pl-quiet">{t('agreements.conflict.none')}</p>
      ) : (
        <table aria-label={t('agreements.conflict.title')}>
          <thead>
            <tr>
              <th scope="col">{t('agreements.conflict.field')}</th>
              <th scope="col">{t('agreements.conflict.theirs')}</th>
              <th scope="col">{t('agreements.conflict.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, theirs, mine }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{theirs}</td>
                <td>{mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
