import type { Terms } from '#api/service-levels'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './agreements.module.css'
import { useFulfilmentWords } from './use-fulfilment-words.ts'

interface OrderPromisesProps {
  readonly promises: Terms['fulfilment']
  /** Id. */
  readonly customer: string
}

/** Within which time what is ordered is delivered; nothing where the items' own plans are all there is. */
export function OrderPromises({ promises, customer }: OrderPromisesProps) {
  const t = useText()
  const words = useFulfilmentWords(customer, barredFromInside(useAsker()) === null)
  if (promises.length === 0) return null
  return (
    <div className={classes.others}>
      <h3>{t('agreements.orders')}</h3>
      <ul className={classes.sentences}>
        {promises.map((promise) => (
          <li key={`${promise.item} ${promise.service}`}>
            <b>{words(promise).name}</b>: {words(promise).value}
          </li>
        ))}
      </ul>
    </div>
  )
}
