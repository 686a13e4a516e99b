import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSettled } from '#web/ui/use-settled.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { alikeQuery } from './queries.ts'
import classes from './alike-reports.module.css'

/** A shorter title says too little to be like another. */
const LEAST_LETTERS = 5

/** Open reports that say the same as the title being typed: perhaps there is no need to report it again. */
export function AlikeReports({ title, customer }: { readonly title: string; readonly customer: string }) {
  const t = useText()
  const format = useFormat()
  const settled = useSettled(title.trim())
  const { data: alike = [] } = useQuery({
    ...alikeQuery(settled, customer === '' ? undefined : customer),
    enabled: settled.length >= LEAST_LETTERS,
  })
  return (
    <div aria-live="polite">
      {title.trim() !== '' && alike.length > 0 && (
        <div className={classes.alike}>
          <p>{t('portal.alike')}</p>
          <ul>
            {alike.map(({ id, number, title: said, openedAt }) => (
              <li key={id}>
                <Link to="/portal/reports/$number" params={{ number }}>
                  {said}
                </Link>{' '}
                <span className="pl-quiet pl-small">
                  {t('portal.alike.since', { number, at: format.day(openedAt) })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
