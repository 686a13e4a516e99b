import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { postingsQuery } from './queries.ts'

interface PostingListProps {
  readonly contractId: string
  /** Of one month and account, or of own work that nobody pays. */
  readonly of: { readonly month: string; readonly account: string } | 'unpaid'
  readonly currency: string
}

/** What is under a figure of profit and loss, each with where it comes from. */
export function PostingList({ contractId, of, currency }: PostingListProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data } = useQuery(postingsQuery(contractId, of))
  if (data === undefined) return null
  if (data.length === 0) return <p className="pl-quiet">{t('margin.no-postings')}</p>
  return (
    <ul>
      {data.map((posting) => {
        const {
          id,
          amountMinor,
          debit,
          credit,
          source,
          sourceId,
          reference,
          description,
          aboutMonth,
          quantity,
          month,
        } = posting
        // As in the figure that was opened: what an account took is below zero, so that the list adds up to it.
        const signed = of !== 'unpaid' && debit === of.account ? -amountMinor : amountMinor
        return (
          <li key={id}>
            {money({ amountMinor: signed, currency })}: {t(`margin.account.${kindOf(debit)}`)} →{' '}
            {t(`margin.account.${kindOf(credit)}`)}{' '}
            <span className="pl-quiet">
              {source === 'credit' && sourceId !== null ? (
                <Link to="/credits/$id" params={{ id: sourceId }}>
                  {t('margin.source.credit')}
                </Link>
              ) : source === 'charge' ? (
                <Link to="/contracts/$id" params={{ id: contractId }} search={{ month }}>
                  {t('margin.source.charge')}
                </Link>
              ) : source === 'time' && sourceId !== null ? (
                <Link to="/contract-changes/$id" params={{ id: sourceId }}>
                  {t('margin.source.change')}
                </Link>
              ) : (
                t(`margin.source.${source}`)
              )}{' '}
              {source === 'time' && quantity !== null && format.duration(quantity * 60_000)}
              {aboutMonth !== null && t('margin.about', { month: format.month(aboutMonth) })}
              {[reference, description].filter(Boolean).join(', ')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** `revenue:fixed` is revenue: which one, the head of the door says. */
function kindOf(account: string) {
  return account.split(':')[0] as 'revenue' | 'cost' | 'receivable' | 'unbilled' | 'payable' | 'accrued' | 'own-work'
}
