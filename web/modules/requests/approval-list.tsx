import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { Approval } from '#api/requests'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useAnswerWords, useSaid } from './answers.tsx'
import { ApprovalSteps, Decide, Lately } from './approval-steps.tsx'
import { approvalsQuery } from './queries.ts'
import classes from './requests.module.css'

interface ApprovalListProps {
  /** Of one step of an item what was decided; else what waits for the reader. */
  readonly of?: { readonly item: string; readonly level: number }
}

/** What waits for the reader's yes or no, the longest waiting first, each decided where it stands. */
export function ApprovalList({ of }: ApprovalListProps) {
  const t = useText()
  const saying = useSaid()
  const format = useFormat()
  const money = useMoney()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(approvalsQuery(of))
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return <Empty title={t('requests.approvals-none')}>{t('requests.approvals-none-more')}</Empty>
  }
  return (
    <>
      <ul className={classes.lines}>
        {items.map((approval) => {
          const { id, request, askedAt, mayDecide } = approval
          const { number, name, requester, customer, price } = request
          return (
            <li key={id}>
              <h2 className={classes.name}>
                {saying(name)} <span className="pl-quiet pl-small">{number}</span>
              </h2>
              <p className="pl-quiet">
                {[
                  requester === null ? null : t('requests.for-whom', { name: requester.name }),
                  customer.name,
                  price === null ? null : money(price),
                  askedAt === null ? null : t('requests.asked', { when: format.instant(askedAt) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <AnswerLines approval={approval} />
              {mayDecide ? (
                <>
                  <Lately approval={approval} />
                  <Decide approval={approval} />
                </>
              ) : (
                <ApprovalSteps approvals={[approval]} />
              )}
            </li>
          )
        })}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('requests.more')}
        </Button>
      )}
    </>
  )
}

function AnswerLines({ approval }: { readonly approval: Approval }) {
  const saying = useSaid()
  const answerWords = useAnswerWords()
  const { answers } = approval.request
  if (answers.length === 0) return null
  return (
    <dl className={classes.answers}>
      {answers.map((answer) => (
        <div key={answer.key}>
          <dt>{saying(answer.label)}</dt>
          <dd>{answerWords(answer)}</dd>
        </div>
      ))}
    </dl>
  )
}
