import { useQuery } from '@tanstack/react-query'
import type { Channel, ContactReport } from '#api/contacts'
import { Door, DoorLink } from '#web/ui/door.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Link } from '@tanstack/react-router'
import { reportQuery } from './queries.ts'

interface ByChannelProps {
  readonly customer: string | undefined
  readonly from: string | undefined
  readonly zone: string
}

interface Line extends Omit<ContactReport['channels'][number], 'channel'> {
  readonly channel: Channel | undefined
}

/** Contacts by way, and how many were settled at the first one; each figure opens the list under it. */
export function ByChannel(of: ByChannelProps) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(reportQuery(of))
  if (data === undefined || data.contacts === 0) return null
  const all: Line = {
    channel: undefined,
    contacts: data.contacts,
    incidents: data.channels.reduce((sum, { incidents }) => sum + incidents, 0),
    first: data.first,
  }
  const lines: readonly Line[] = [...data.channels, ...(data.channels.length > 1 ? [all] : [])]
  const columns: readonly Column<Line>[] = [
    {
      key: 'channel',
      head: t('contacts.channel'),
      narrow: 'lead',
      cell: ({ channel }) => (channel === undefined ? <b>{t('contacts.all')}</b> : t(`contacts.channel.${channel}`)),
    },
    {
      key: 'count',
      head: t('contacts.count'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      cell: ({ channel, contacts }) => (
        <DoorLink to="." search={(before: object) => ({ ...before, channel, outcome: undefined, first: undefined })}>
          {format.number(contacts)}
        </DoorLink>
      ),
    },
    {
      key: 'incidents',
      head: t('contacts.incidents'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ channel, incidents }) => (
        <DoorLink
          to="."
          search={(before: object) => ({ ...before, channel, outcome: 'incident' as const, first: undefined })}
        >
          {format.number(incidents)}
        </DoorLink>
      ),
    },
    {
      key: 'first',
      head: t('contacts.first'),
      width: '200px',
      numeric: true,
      narrow: 'trail',
      cell: ({ channel, first }) => <First channel={channel} first={first} />,
    },
  ]
  return (
    <Table
      dense
      label={t('contacts.by-channel')}
      columns={columns}
      rows={lines}
      rowKey={({ channel }) => channel ?? 'all'}
    />
  )
}

/** Settled at the first contact, with what is counted and the contacts under it. */
function First({ channel, first }: Pick<Line, 'channel' | 'first'>) {
  const t = useText()
  const format = useFormat()
  if (first === null) return <span className="pl-quiet">{t('contacts.first-none')}</span>
  const ratio = format.ratio(first)
  const percent = format.percent(first)
  return (
    <Door
      label={percent === null ? ratio : `${ratio}, ${percent}`}
      title={t('contacts.first-title', { ratio, hasPercent: percent === null ? 'no' : 'yes', percent: percent ?? '' })}
      definition={t('contacts.first-definition')}
    >
      {(['settled', 'not-settled'] as const).map((which) => (
        <p key={which}>
          <Link to="." search={(before: object) => ({ ...before, channel, outcome: undefined, first: which })}>
            {t(`contacts.first-${which}`)} (
            {format.number(which === 'settled' ? first.numerator : first.denominator - first.numerator)})
          </Link>
        </p>
      ))}
    </Door>
  )
}
