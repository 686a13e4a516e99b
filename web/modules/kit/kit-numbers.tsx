import { Link } from '@tanstack/react-router'
import { Door, DoorLink, DoorList } from '#web/ui/door.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './kit-page.module.css'

const HOUR_MS = 3_600_000
const misses = [
  { number: 'INC-47411', site: 'Hamburg', overMs: 6.17 * HOUR_MS },
  { number: 'INC-47502', site: 'Hamburg', overMs: 2.09 * HOUR_MS },
  { number: 'INC-47688', site: 'Hamburg', overMs: 1.67 * HOUR_MS },
  { number: 'INC-47730', site: 'Poznań', overMs: 0.92 * HOUR_MS },
  { number: 'INC-47802', site: 'Rotterdam', overMs: 0.2 * HOUR_MS },
]

/** Numbers as doors: with a percentage, too few for one, and not measured. */
export function KitNumbers() {
  const t = useText()
  const format = useFormat()
  const october = { numerator: 41, denominator: 46 }
  const few = { numerator: 12, denominator: 12 }
  return (
    <>
      <p className={classes.line}>
        <Door
          big
          label={format.ratio(october)}
          title={t('kit.numbers.door', { ratio: format.ratio(october), percent: format.percent(october) })}
          definition={t('kit.numbers.definition')}
          period={format.month('2026-10')}
          sample={t('kit.numbers.sample')}
          excluded={t('kit.numbers.excluded')}
        >
          <DoorList
            lines={misses.map(({ number, site, overMs }) => ({
              id: number,
              link: <Link to="/kit">{number}</Link>,
              about: t('kit.numbers.about', { site }),
              figure: `+${format.durationCell(overMs)}`,
            }))}
          />
          <p>
            <Link to="/kit">{t('kit.numbers.all')}</Link>
          </p>
        </Door>
        <span className="pl-quiet">{t('kit.numbers.below', { percent: format.percent(october) })}</span>
      </p>
      <p className={classes.line}>
        <DoorLink to="/kit">{format.ratio(few)}</DoorLink>
        <span className="pl-quiet">{t('kit.numbers.few')}</span>
      </p>
      <p className={classes.line}>
        <Door
          label={t('ui.state.none')}
          title={t('ui.state.none')}
          definition={t('kit.numbers.none-definition')}
          period={format.month('2026-10')}
        />
        <span className="pl-quiet">{t('kit.numbers.none')}</span>
      </p>
    </>
  )
}
