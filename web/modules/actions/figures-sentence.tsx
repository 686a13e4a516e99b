import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Door, DoorLink, DoorList } from '#web/ui/door.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { actionFiguresQuery } from './queries.ts'
import classes from './figures-sentence.module.css'

/** How it stands with all of them; each figure leads to what is under it. */
export function FiguresSentence({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const { data } = useSuspenseQuery(actionFiguresQuery(customer))
  const { open, overdue, toVerify, redated, onTime } = data
  const led = (show: 'overdue' | 'to-verify' | 'redated' | undefined, count: number) => (
    <DoorLink to="/actions" search={(before) => ({ ...before, show })}>
      {format.number(count)}
    </DoorLink>
  )
  const words = onTime === null ? t('actions.on-time-none') : format.ratio(onTime)
  return (
    <p className={classes.figures}>
      <Text
        id="actions.figures"
        components={{
          open: led(undefined, open),
          overdue: led('overdue', overdue),
          verify: led('to-verify', toVerify),
          redated: led('redated', redated),
          kept: (
            <Door
              label={words}
              title={t('actions.on-time', { words })}
              definition={t('actions.on-time-definition')}
              period={t('actions.on-time-period')}
              sample={
                onTime === null ? t('actions.on-time-none') : t('actions.on-time-sample', { count: onTime.denominator })
              }
            >
              {onTime !== null && (
                <DoorList
                  lines={(['on-time', 'not-on-time'] as const).map((which) => ({
                    id: which,
                    link: (
                      <Link to="/actions" search={(before) => ({ ...before, show: which })}>
                        {t(`actions.show.${which}`)}
                      </Link>
                    ),
                    about: '',
                    figure: format.number(
                      which === 'on-time' ? onTime.numerator : onTime.denominator - onTime.numerator,
                    ),
                  }))}
                />
              )}
            </Door>
          ),
        }}
      />
    </p>
  )
}
