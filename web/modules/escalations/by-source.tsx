import { useQuery } from '@tanstack/react-query'
import type { Escalation, EscalationReport } from '#api/escalations'
import { DoorLink } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { reportQuery } from './queries.ts'

type Line = EscalationReport['all'] & { readonly source: Escalation['source'] | undefined }

/** Who asked for more than the usual within a year, how soon somebody took it on, and how content they were. */
export function BySource({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(reportQuery(customer))
  if (data === undefined || data.all.raised === 0) return null
  const lines: readonly Line[] = [
    ...data.sources,
    ...(data.sources.length > 1 ? [{ ...data.all, source: undefined }] : []),
  ]
  const since = data.from.toISOString()
  const door = (written: number | string, search: object) => (
    <DoorLink to="." search={(before: object) => ({ ...before, since, late: undefined, having: undefined, ...search })}>
      {typeof written === 'number' ? format.number(written) : written}
    </DoorLink>
  )
  const columns: readonly Column<Line>[] = [
    {
      key: 'source',
      head: t('escalations.source'),
      narrow: 'lead',
      cell: ({ source }) =>
        source === undefined ? <b>{t('escalations.of-all')}</b> : t('escalations.source-of', { source }),
    },
    {
      key: 'raised',
      head: t('escalations.raised'),
      width: '110px',
      numeric: true,
      narrow: 'trail',
      cell: ({ source, raised }) => door(raised, { source, state: 'counted' }),
    },
    {
      key: 'open',
      head: t('escalations.still-open'),
      width: '110px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ source, open }) => door(open, { source, state: 'open' }),
    },
    {
      key: 'late',
      head: t('escalations.late'),
      width: '170px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ source, late }) => door(late, { source, state: 'open', late: true }),
    },
    {
      key: 'taken',
      head: t('escalations.until-taken'),
      width: '190px',
      numeric: true,
      narrow: 'under',
      cell: ({ source, acknowledged, medianSecondsToAcknowledge: seconds }) =>
        seconds === null ? (
          '–'
        ) : (
          <>
            {door(format.duration(seconds * 1000), { source, state: 'counted', having: 'taken' })}{' '}
            <span className="pl-quiet">{t('escalations.out-of', { count: acknowledged })}</span>
          </>
        ),
    },
    {
      key: 'satisfied',
      head: t('escalations.content'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ source, satisfied }) =>
        satisfied === null
          ? t('escalations.nobody-said')
          : door(format.ratio(satisfied), { source, state: 'counted', having: 'said' }),
    },
  ]
  return (
    <Section title={t('escalations.by-source')} hint={t('escalations.by-source-hint', { from: format.day(data.from) })}>
      <Table
        dense
        label={t('escalations.by-source')}
        columns={columns}
        rows={lines}
        rowKey={({ source }) => source ?? 'all'}
      />
    </Section>
  )
}
