import type { AvailabilityOfService } from '#api/availability'
import { UsedBar } from '#web/ui/share-bar.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { standingOf } from './figures.ts'
import classes from './budget.module.css'

/** The downtime that the target allows in the month: how much of it is used as a bar, and what is left in words. */
export function Budget({ item, isOver }: { readonly item: AvailabilityOfService; readonly isOver: boolean }) {
  const t = useText()
  const words = useBudgetWords()(item)
  const { monthBudgetSeconds: budgetSeconds, monthLeftSeconds: leftSeconds } = item
  if (item.met === null) return <span className="pl-quiet">–</span>
  const standing = standingOf(item, isOver)
  const used = budgetSeconds - leftSeconds
  return (
    <span className={classes.budget}>
      <UsedBar
        share={budgetSeconds === 0 ? (used > 0 ? 1 : 0) : used / budgetSeconds}
        standing={standing === 'miss' ? 'miss' : standing === 'soon' ? 'soon' : 'runs'}
        label={t('availability.budget.bar', { words })}
      />
      <span className="pl-nowrap">{words}</span>
    </span>
  )
}

/** `18 min of 24 min left`; `spent, 4 h 36 over`. */
export function useBudgetWords(): (
  item: Pick<AvailabilityOfService, 'monthBudgetSeconds' | 'monthLeftSeconds'>,
) => string {
  const t = useText()
  const format = useFormat()
  return ({ monthBudgetSeconds: budgetSeconds, monthLeftSeconds: leftSeconds }) => {
    if (leftSeconds < 0) return t('availability.budget.over', { over: format.duration(leftSeconds * 1000) })
    if (budgetSeconds === 0) return t('availability.budget.none')
    return t('availability.budget.left', {
      left: format.duration(leftSeconds * 1000),
      budget: format.duration(budgetSeconds * 1000),
    })
  }
}
