import type { Holders } from '#api/incidents'
import type { OrderHolders } from '#api/requests'
import { Door } from '#web/ui/door.tsx'
import { ShareBar } from '#web/ui/share-bar.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { percentParts } from './held-parts.ts'
import classes from './held-time-bar.module.css'

type Share = Holders['shares'][number] | OrderHolders['shares'][number]
type Stretch = Pick<Holders['stretches'][number], 'from' | 'to' | 'wallSeconds' | 'countedSeconds'> & {
  readonly holder: Share['holder']
}

interface HeldSharesProps {
  readonly shares: readonly Share[]
  readonly stretches: readonly Stretch[]
  /** In which moments are told. */
  readonly zone: string
  /** Then each share says its part of a hundred. */
  readonly missed: boolean
  /** Seconds that are left of the target. */
  readonly left: number
  /** What the time is that counts, and what that which does not. */
  readonly what: string
  readonly whatNot: string
}

/** The time of each holder as parts of a bar; what does not count, under it. Each opens to when they had it. */
export function HeldShares({ shares, left, missed, ...of }: HeldSharesProps) {
  const t = useText()
  const format = useFormat()
  const counted = shares.filter(({ countedSeconds }) => countedSeconds > 0)
  const uncounted = shares.filter(({ countedSeconds, wallSeconds }) => countedSeconds === 0 && wallSeconds > 0)
  const percents = percentParts(counted.map(({ countedSeconds }) => countedSeconds))
  const door = (share: Share) => (
    <HolderDoor share={share} percent={missed ? percents[counted.indexOf(share)] : undefined} {...of} />
  )
  const rest = {
    key: 'left',
    label: t('incidents.held.left'),
    figure: <b>{format.duration(left * 1000)}</b>,
    weight: left,
    left: true,
  }
  return (
    <>
      {counted.length > 0 && (
        <ShareBar
          label={t('incidents.held.label')}
          shares={[
            ...counted.map((share) => ({
              key: keyOf(share),
              label: <HolderName holder={share.holder} />,
              figure: door(share),
              weight: share.countedSeconds,
            })),
            ...(left > 0 ? [rest] : []),
          ]}
        />
      )}
      {uncounted.map((share) => (
        <p key={keyOf(share)} className="pl-small">
          <HolderName holder={share.holder} />: {door(share)}{' '}
          <span className="pl-quiet">{t('incidents.held.uncounted')}</span>
        </p>
      ))}
    </>
  )
}

function keyOf({ holder: { kind, id, name } }: Pick<Share, 'holder'>): string {
  return `${kind} ${id ?? name ?? ''}`
}

function HolderName({ holder: { kind, name } }: Pick<Share, 'holder'>) {
  const t = useText()
  return name ?? t(`incidents.held.holder.${kind}`)
}

interface HolderDoorProps extends Pick<HeldSharesProps, 'stretches' | 'zone' | 'what' | 'whatNot'> {
  readonly share: Share
  /** Of what was counted; told of a clock that is missed. */
  readonly percent: number | undefined
}

const STRETCHES_AT_MOST = 12

/** A holder's time; opens to when it was there. */
function HolderDoor({ share, percent, stretches, zone, what, whatNot }: HolderDoorProps) {
  const t = useText()
  const format = useFormat()
  const { countedSeconds, wallSeconds } = share
  const counts = countedSeconds > 0
  const time = format.duration((counts ? countedSeconds : wallSeconds) * 1000)
  const label = percent === undefined ? time : t('incidents.held.part', { time, percent: format.number(percent) })
  const own = stretches.filter((each) => keyOf(each) === keyOf(share))
  return (
    <Door label={label} title={label} definition={counts ? what : whatNot}>
      <ul className={classes.stretches}>
        {own.slice(0, STRETCHES_AT_MOST).map((each) => (
          <li key={each.from.getTime()}>
            <span>
              {t('incidents.held.from-to', {
                from: format.instant(each.from, zone),
                to: format.instant(each.to, zone),
              })}
            </span>
            <span className="pl-number">
              {format.duration((counts ? each.countedSeconds : each.wallSeconds) * 1000)}
            </span>
          </li>
        ))}
        {own.length > STRETCHES_AT_MOST && (
          <li className="pl-quiet">{t('incidents.held.more', { count: own.length - STRETCHES_AT_MOST })}</li>
        )}
      </ul>
    </Door>
  )
}
