import { useState } from 'react'
import { stakes } from '#api/today'
import { TextButton } from '#web/ui/button.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import classes from './today-page.module.css'

/** Says by what the list is ordered. */
export function WhyThisOrder() {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <Floating
      open={open}
      onOpenChange={setOpen}
      width={440}
      label={t('today.order.title')}
      button={<TextButton>{t('today.order')}</TextButton>}
    >
      <div className={classes.order}>
        <h2>{t('today.order.title')}</h2>
        <ol>
          {stakes.map((stake) => (
            <li key={stake}>
              <Text id={`today.order.${stake}`} components={{ b: <b /> }} />
            </li>
          ))}
        </ol>
        <p className="pl-small pl-quiet">{t('today.order.soon')}</p>
      </div>
    </Floating>
  )
}
