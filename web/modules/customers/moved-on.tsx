import { useText } from '#web/ui/text.tsx'
import classes from './customers.module.css'

interface MovedOnProps {
  /** What is edited here, as it stands there now and as it stands in the form. */
  readonly lines: readonly { readonly field: string; readonly theirs: string; readonly mine: string }[]
}

/** What somebody else wrote meanwhile, beside what is in the form; saving again keeps the form's. */
export function MovedOn({ lines }: MovedOnProps) {
  const t = useText()
  const differing = lines.filter(({ theirs, mine }) => theirs !== mine)
  return (
    <div className={classes.moved}>
      <p>{t(differing.length === 0 ? 'customers.moved.same' : 'customers.moved.what')}</p>
      {differing.length > 0 && (
        <table aria-label={t('customers.moved.label')}>
          <thead>
            <tr>
              <th scope="col">{t('customers.moved.field')}</th>
              <th scope="col">{t('customers.moved.theirs')}</th>
              <th scope="col">{t('customers.moved.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(({ field, theirs, mine }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{theirs || '–'}</td>
                <td>{mine || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
