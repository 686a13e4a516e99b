import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { said } from '#api/catalogue'
import { Section } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { ownRequestsQuery } from './queries.ts'
import { standingOfRequest } from './request-standing.ts'
import { RequestWords } from './request-words.tsx'
import classes from './portal-page.module.css'

/** What somebody ordered, what waits for their yes or no, and what they can order. */
export function OwnRequests() {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  const money = useMoney()
  const now = useNow()
  const { data } = useSuspenseQuery(ownRequestsQuery())
  const { requests, approvals, items } = data
  return (
    <>
      {approvals > 0 && (
        <Section title={t('portal.approvals')}>
          <p>
            <Link to="/portal/approvals">{t('portal.approvals-wait', { count: approvals })}</Link>
          </p>
        </Section>
      )}
      {requests.length > 0 && (
        <Section title={t('portal.requests')}>
          <ul className={classes.reports}>
            {requests.map((request) => (
              <li key={request.id} data-turn={standingOfRequest(request, now).theirTurn || undefined}>
                <Link to="/portal/requests/$number" params={{ number: request.number }} className={classes.report}>
                  <span className={classes.title}>{said(request.item.name, language)}</span>
                  <span className={classes.standing}>
                    <RequestWords request={request} now={now} />
                  </span>
                  <span className={classes.about}>
                    {t('portal.reported', { number: request.number, at: format.dayShort(request.orderedAt) })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {items.length > 0 && (
        <Section title={t('portal.catalogue')}>
          <ul className={classes.items}>
            {items.map(({ id, name, description, price }) => (
              <li key={id}>
                <Link to="/portal/order/$item" params={{ item: id }} className={classes.item}>
                  <span className={classes.title}>{said(name, language)}</span>
                  <span className="pl-quiet pl-small">
                    {[said(description, language), price === null ? null : money(price)].filter(Boolean).join(' · ')}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
