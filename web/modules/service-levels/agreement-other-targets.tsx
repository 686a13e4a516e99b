import type { Target } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { othersOf } from './agreements-draft.ts'
import { useTargetWords } from './use-target-words.ts'
import { useServiceNames } from './use-service-names.ts'
import classes from './agreements.module.css'

interface OtherTargetsProps {
  readonly targets: readonly Target[]
  /** Id. */
  readonly customer: string
}

/** What is promised beside the grid of priorities: under conditions, or for another metric. */
export function OtherTargets({ targets, customer }: OtherTargetsProps) {
  const t = useText()
  const words = useTargetWords(useServiceNames(customer))
  const others = othersOf(targets)
  if (others.length === 0) return null
  return (
    <div className={classes.others}>
      <h3>{t('agreements.others')}</h3>
      <ul className={classes.sentences}>
        {others.map((target) => (
          <li key={JSON.stringify([target.metric, target.priority, target.when])}>
            <b>{words(target).name}</b>: {words(target).value}
          </li>
        ))}
      </ul>
    </div>
  )
}
