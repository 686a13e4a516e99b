import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DowntimeView } from '#api/availability'
import { barredFromManaging, barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DowntimeDialog } from './downtime-dialog.tsx'
import { EndDialog } from './end-dialog.tsx'
import { DecisionDialog, ProposeDialog } from './exclusion-dialogs.tsx'
import type { Subject } from './subject.ts'
import classes from './service-page.module.css'

interface DowntimeTableProps {
  /** Of the service and of its parts, the latest first. */
  readonly downtimes: readonly DowntimeView[]
  readonly subject: Subject
  readonly label: string
}

type Act = 'end' | 'change' | 'propose' | 'decide'

interface Acting {
  readonly id: string
  readonly act: Act
}

/** When the service was down, how badly and why, and whether each counts. */
export function DowntimeTable({ downtimes, subject, label }: DowntimeTableProps) {
  const t = useText()
  const asker = useAsker()
  const [acting, setActing] = useState<Acting | null>(null)
  const columns = useColumns(downtimes, subject, setActing)
  const deciding = barredFromManaging(asker)
  const of = acting && downtimes.find(({ id }) => id === acting.id)
  const close = () => setActing(null)
  return (
    <>
      <Table
        label={label}
        columns={columns}
        rows={downtimes}
        rowKey={({ id }) => id}
        empty={<p className="pl-quiet">{t('availability.no-downtime')}</p>}
      />
      {of && acting.act === 'end' && <EndDialog downtime={of} zone={subject.zone} onClose={close} />}
      {of && acting.act === 'change' && (
        <DowntimeDialog
          subject={{ ...subject, service: of.serviceId, serviceName: of.serviceName }}
          downtime={of}
          onClose={close}
        />
      )}
      {of && acting.act === 'propose' && <ProposeDialog downtime={of} onClose={close} />}
      {of && acting.act === 'decide' && (
        <DecisionDialog downtime={of} barred={deciding && t(deciding)} onClose={close} />
      )}
    </>
  )
}

function useColumns(
  downtimes: readonly DowntimeView[],
  { zone, service }: Subject,
  onAct: (acting: Acting) => void,
): readonly Column<DowntimeView>[] {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const hasParts = downtimes.some(({ serviceId }) => serviceId !== service)
  return [
    {
      key: 'when',
      head: t('availability.when'),
      narrow: 'lead',
      cell: ({ beganAt, endedAt }) =>
        endedAt === null
          ? t('availability.since-down', { began: format.instant(beganAt, zone) })
          : `${format.instant(beganAt, zone)} – ${format.timeNear(endedAt, beganAt, zone)}`,
    },
    ...(hasParts
      ? [
          {
            key: 'part',
            head: t('availability.part'),
            narrow: 'under' as const,
            cell: ({ serviceName }: DowntimeView) => serviceName,
          },
        ]
      : []),
    {
      key: 'length',
      head: t('availability.length'),
      numeric: true,
      narrow: 'trail',
      cell: ({ beganAt, endedAt }) =>
        endedAt === null ? (
          <State is="miss">{t('availability.still-down')}</State>
        ) : (
          format.durationCell(endedAt.getTime() - beganAt.getTime())
        ),
    },
    {
      key: 'severity',
      head: t('availability.severity'),
      narrow: 'under',
      cell: ({ severity, usersHit, usersAll }) => (
        <>
          {t(`availability.severity.${severity}`)}
          {usersHit !== null && usersAll !== null && (
            <span className="pl-quiet"> {t('availability.users', { hit: usersHit, all: usersAll })}</span>
          )}
        </>
      ),
    },
    {
      key: 'cause',
      head: t('availability.cause'),
      narrow: 'under',
      cell: ({ cause, incident }) => (
        <span className={classes.cause}>
          {incident && (
            <Link to="/incidents/$id" params={{ id: incident.number }}>
              {incident.number}
            </Link>
          )}{' '}
          {cause}
        </span>
      ),
    },
    {
      key: 'counts',
      head: t('availability.counts'),
      narrow: 'under',
      cell: (downtime) => <Exclusion downtime={downtime} />,
    },
    ...(asker.access === 'customer'
      ? []
      : [
          {
            key: 'do',
            head: <span className="pl-hidden">{t('availability.moves')}</span>,
            numeric: true,
            narrow: 'under' as const,
            cell: (downtime: DowntimeView) => <Acts downtime={downtime} onAct={onAct} zone={zone} />,
          },
        ]),
  ]
}

const standing: Readonly<Record<'proposed' | 'approved' | 'refused', Standing>> = {
  proposed: 'soon',
  approved: 'none',
  refused: 'miss',
}

/** Whether it counts, and what was said against it. */
function Exclusion({ downtime: { exclusion } }: { readonly downtime: DowntimeView }) {
  const t = useText()
  if (exclusion === null) return t('availability.counts-yes')
  return (
    <span className={classes.lines}>
      <State is={standing[exclusion.state]}>{t(`availability.exclusion.${exclusion.state}`)}</State>
      <span className="pl-quiet pl-small">{t(`availability.reason.${exclusion.reason}`)}</span>
    </span>
  )
}

interface ActsProps {
  readonly downtime: DowntimeView
  readonly zone: string
  readonly onAct: (acting: Acting) => void
}

/** What may be done with it: what is next stands in the row, the rest under one button. */
function Acts({ downtime: { id, beganAt, endedAt, exclusion }, zone, onAct }: ActsProps) {
  const t = useText()
  const format = useFormat()
  const working = barredFromWorking(useAsker())
  const when = format.instant(beganAt, zone)
  const why = working && t(working)
  const act = (which: Act) => onAct({ id, act: which })
  return (
    <Menu button={<Button aria-label={t('availability.acts-of', { when })}>{t('availability.acts')}</Button>}>
      {endedAt === null && (
        <MenuItem onClick={() => act('end')} barred={why}>
          {t('availability.end')}
        </MenuItem>
      )}
      <MenuItem onClick={() => act('change')} barred={why}>
        {t('availability.change')}
      </MenuItem>
      {exclusion?.state === 'proposed' ? (
        <MenuItem onClick={() => act('decide')}>{t('availability.decide')}</MenuItem>
      ) : (
        <MenuItem
          onClick={() => act('propose')}
          barred={exclusion?.state === 'approved' ? t('availability.excluded-already') : why}
        >
          {t('availability.propose')}
        </MenuItem>
      )}
    </Menu>
  )
}
