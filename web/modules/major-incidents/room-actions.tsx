import { useNavigate } from '@tanstack/react-router'
import { barredFromDeclaring, barredFromLeading, majorIncidentLifecycle } from '#api/major-incidents'
import type { MajorIncidentPage, MajorIncidentState } from '#api/major-incidents'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { nextUpdateOf, zoneOf } from './words.ts'

/** What is open over or in the room. */
export type Asked = 'update' | 'roles' | 'impact' | 'cost' | { readonly to: MajorIncidentState }

interface RoomActionsProps {
  readonly major: MajorIncidentPage
  readonly onAsk: (what: Asked) => void
  /** An update is being written: then that is what the screen is for. */
  readonly writing: boolean
}

/** The next step, and the next word: whichever is more pressing is the one that the screen is for. */
export function RoomActions({ major, onAsk, writing }: RoomActionsProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const now = useNow(10_000)
  const asker = useAsker()
  const leading = barredFromLeading(asker, major)
  const declaring = barredFromDeclaring(asker)
  const [to, ...others] = Object.values(majorIncidentLifecycle[major.state]) as MajorIncidentState[]
  const barredFrom = (state: MajorIncidentState) => (state === 'declared' ? declaring : leading)
  const early = to === 'stood-down' && major.monitoringUntil !== null && major.monitoringUntil > now
  const notYet = early
    ? t('major-incidents.watch', { over: 'no', until: format.timeNear(major.monitoringUntil!, now, zoneOf(major)) })
    : null
  const tells = major.declaredAt !== null && major.state !== 'review-done'
  const may = leading === null
  const pressing = tells && ['soon', 'miss'].includes(nextUpdateOf(major, now)?.is ?? '')
  useKeys(
    t('major-incidents.one'),
    [
      { keys: 'm', label: t('major-incidents.update.title'), run: () => onAsk('update') },
      { keys: 'p', label: t('major-incidents.roles'), run: () => onAsk('roles') },
      { keys: 'e', label: t('major-incidents.impact-change'), run: () => onAsk('impact') },
    ],
    may && tells,
  )
  const why = leading && t(leading)
  const update = tells && (
    <Button
      key="update"
      main={pressing && !writing}
      keys="m"
      barred={to === undefined ? why : null}
      onClick={() => may && onAsk('update')}
    >
      {t('major-incidents.update.title')}
    </Button>
  )
  const step = to !== undefined && (
    <Button
      key="step"
      main={!pressing && !writing && !early}
      barred={barredFrom(to) ? t(barredFrom(to)!) : notYet}
      onClick={() => onAsk({ to })}
    >
      {t(`major-incidents.to.${to}`)}
    </Button>
  )
  return (
    <>
      {pressing ? [update, step] : [step, may && update]}
      <Menu button={<Button>{t('major-incidents.more')}</Button>}>
        {others.map((state) => (
          <MenuItem
            key={state}
            onClick={() => onAsk({ to: state })}
            barred={barredFrom(state) && t(barredFrom(state)!)}
          >
            {t(`major-incidents.to.${state}`)}
          </MenuItem>
        ))}
        <MenuItem onClick={() => onAsk('roles')} barred={why}>
          {t('major-incidents.roles')}
        </MenuItem>
        <MenuItem onClick={() => onAsk('impact')} barred={why}>
          {t('major-incidents.impact-change')}
        </MenuItem>
        <MenuItem onClick={() => onAsk('cost')} barred={why}>
          {t('major-incidents.cost-change')}
        </MenuItem>
        <MenuItem onClick={() => void navigate({ to: '/incidents/$id', params: { id: major.incident.number } })}>
          {t('major-incidents.to-incident')}
        </MenuItem>
      </Menu>
    </>
  )
}
