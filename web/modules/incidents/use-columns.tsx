import { useMemo } from 'react'
import type { Incident } from '#api/incidents'
import { RowLink } from '#web/ui/row-link.tsx'
import type { Column } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DueCell, UsedCell } from './due-cell.tsx'
import type { ListColumn } from './list-column.ts'
import { useResolving } from './resolving.ts'
import { useNow } from './use-now.ts'
import { agoText } from './when-text.ts'
import { choice } from './words.ts'

/** What the columns of a list are called. */
export function useColumnNames(): (column: ListColumn) => string {
  const t = useText()
  return (column) => t(`incidents.column.${column}`)
}

/** The columns of a list as they are shown; the same ones as long as nothing about them changes. */
export function useColumns(shown: readonly ListColumn[]): readonly Column<Incident>[] {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { nameOf } = useResolving()
  const keys = shown.join()
  return useMemo(() => {
    const all: Readonly<Record<ListColumn, Omit<Column<Incident>, 'key' | 'head'>>> = {
      due: {
        cell: (incident) => <DueCell incident={incident} now={now} />,
        width: '138px',
        sort: 'dueAt',
        narrow: 'trail',
      },
      used: { cell: (incident) => <UsedCell incident={incident} />, width: '76px', narrow: 'hidden', fits: true },
      number: { cell: ({ number }) => number, width: '88px', narrow: 'under' },
      title: {
        cell: ({ number, title, confidential }) => (
          <RowLink href={`/incidents/${encodeURIComponent(number)}`} title={title}>
            {confidential.length > 0 && `${t('incidents.confidential.mark')} `}
            {title}
          </RowLink>
        ),
        narrow: 'lead',
      },
      priority: {
        cell: ({ priority }) => priority.toUpperCase(),
        width: '36px',
        fits: true,
        sort: 'priority',
        narrow: 'under',
      },
      state: { cell: ({ state }) => t(`incidents.state.${state}`), width: '112px', narrow: 'under' },
      customer: { cell: ({ customer }) => quiet(customer.name), width: '128px', narrow: 'under' },
      site: { cell: ({ site }) => quiet(site?.name), width: '132px', narrow: 'under' },
      service: { cell: ({ service }) => quiet(service?.name), width: '140px', narrow: 'hidden' },
      team: { cell: ({ team }) => quiet(team?.name ?? t('incidents.nobody')), width: '112px', narrow: 'hidden' },
      assignee: { cell: ({ assignee }) => quiet(assignee?.name), width: '118px', narrow: 'hidden' },
      category: { cell: ({ category }) => quiet(category), width: '118px', narrow: 'hidden' },
      resolutionCode: {
        cell: ({ resolutionCode }) => quiet(resolutionCode && nameOf(resolutionCode)),
        width: '184px',
        narrow: 'hidden',
      },
      requester: { cell: ({ requester }) => quiet(requester?.name), width: '130px', narrow: 'hidden' },
      opened: {
        cell: ({ openedAt }) => quiet(agoText(openedAt, { format, now })),
        width: '96px',
        sort: 'openedAt',
        narrow: 'hidden',
      },
      updated: {
        cell: ({ updatedAt }) => quiet(agoText(updatedAt, { format, now })),
        width: '96px',
        sort: 'updatedAt',
        narrow: 'hidden',
      },
      resolved: {
        cell: ({ resolvedAt }) => quiet(resolvedAt && agoText(resolvedAt, { format, now })),
        width: '96px',
        narrow: 'hidden',
      },
      source: {
        cell: ({ source }) => quiet(source && t('incidents.source', { source: choice(source) })),
        width: '118px',
        narrow: 'hidden',
      },
    }
    return (keys.split(',') as ListColumn[]).map((key) => ({
      ...all[key],
      key,
      head: key === 'priority' ? <PriorityHead /> : t(`incidents.column.${key}`),
    }))
  }, [keys, now, t, format, nameOf])
}

/** As narrow as what stands below; read out in full. */
function PriorityHead() {
  const t = useText()
  return (
    <>
      <span aria-hidden>{t('incidents.priority-short')}</span>
      <span className="pl-hidden">{t('incidents.column.priority')}</span>
    </>
  )
}

function quiet(text: string | null | undefined) {
  return <span className="pl-quiet">{text ?? ''}</span>
}
