import { useInfiniteQuery } from '@tanstack/react-query'
import type { SupplierClaim, SupplierClaimCase, SupplierContract } from '#api/suppliers'
import { CaseLink } from '#web/app/untold.tsx'
import { barredBeyondBooks } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { claimCasesQuery } from './queries.ts'

interface ClaimCasesProps {
  readonly contract: SupplierContract
  readonly claim: SupplierClaim
}

/** How many of our misses were its misses too; opens to the tickets for whoever sees tickets. */
export function ClaimCases({ contract, claim: { credit, level, name, month, missed, missedWith } }: ClaimCasesProps) {
  const t = useText()
  const format = useFormat()
  const figure = t('suppliers.caused-of', { with: missedWith, missed })
  if (barredBeyondBooks(useAsker()) !== null) return figure
  return (
    <Door
      label={figure}
      title={t('suppliers.caused-title', { name, with: missedWith, missed })}
      definition={t('suppliers.caused-definition')}
      period={format.month(month)}
      sample={t('suppliers.caused-sample', { missed })}
    >
      <Cases id={contract.id} credit={credit} level={level} />
    </Door>
  )
}

interface CasesProps {
  readonly id: string
  readonly credit: string
  readonly level: string
}

function Cases({ id, credit, level }: CasesProps) {
  const t = useText()
  const format = useFormat()
  const cases = useInfiniteQuery(claimCasesQuery(id, credit, level))
  if (cases.isError) return <Problem failure={cases.error} />
  if (cases.data === undefined) return null
  return (
    <>
      <ul>
        {cases.data.pages
          .flatMap(({ items }) => items)
          .map(({ incidentId, number, title, priority, overBySeconds, theirs }, index) => (
            <li key={incidentId ?? index}>
              <Theirs state={theirs} /> <CaseLink number={number}>{number}</CaseLink>{' '}
              <span className="pl-quiet">
                {[
                  priority.toUpperCase(),
                  ...(title === null ? [] : [title]),
                  t('suppliers.late-by', { time: format.duration(overBySeconds * 1000) }),
                ].join(', ')}
              </span>
            </li>
          ))}
      </ul>
      {cases.hasNextPage && <TextButton onClick={() => void cases.fetchNextPage()}>{t('ui.table.more')}</TextButton>}
    </>
  )
}

/** Whether the promise of the supplier was missed in the same ticket. */
function Theirs({ state }: { readonly state: SupplierClaimCase['theirs'] }) {
  const t = useText()
  if (state === null || state === 'not-started' || state === 'cancelled')
    return <State is="none">{t('suppliers.theirs-none')}</State>
  const missed = state.startsWith('breached')
  return <State is={missed ? 'miss' : 'met'}>{t(missed ? 'suppliers.theirs-missed' : 'suppliers.theirs-kept')}</State>
}
