import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { WhatIf } from '#api/what-if'
import { attainmentOf } from '#core/attainment.ts'
import { Chips } from '#web/ui/chips.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type FigureRow, figureRows } from './figure-rows.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/$id')

/** Attainment as told and as it would have been. */
export function WhatIfFigures({ whatIf }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { by = 'month' } = route.useSearch()
  const columns: readonly Column<FigureRow>[] = [
    {
      key: 'group',
      head: t(by === 'priority' ? 'what-if.priority' : 'what-if.month'),
      narrow: 'lead',
      cell: ({ month, priority }) => {
        if (month === null && priority === null) return <b>{t('what-if.whole-period')}</b>
        const parts = [month === null ? [] : format.month(month), priority === null ? [] : priority.toUpperCase()]
        return parts.flat().join(', ')
      },
    },
    { key: 'metric', head: t('what-if.promise'), narrow: 'under', cell: ({ metric }) => t(`what-if.metric.${metric}`) },
    {
      key: 'before',
      head: t('what-if.before'),
      numeric: true,
      narrow: 'under',
      cell: (row) => <Written whatIf={whatIf} row={row} side="before" />,
    },
    {
      key: 'after',
      head: t('what-if.after'),
      numeric: true,
      narrow: 'under',
      cell: (row) => (
        <>
          <span className={classes.onPhone}>→ </span>
          <b>
            <Written whatIf={whatIf} row={row} side="after" />
          </b>
        </>
      ),
    },
    {
      key: 'missed',
      head: t('what-if.missed'),
      numeric: true,
      narrow: 'under',
      cell: ({ before, after }) => {
        const more = after.failed - before.failed
        return (
          <>
            <span className={classes.onPhone}>{t('what-if.missed')} </span>
            {t('what-if.missed-by', { by: more, sign: more < 0 ? '−' : '+', count: Math.abs(more) })}
          </>
        )
      },
    },
  ]
  return (
    <Section title={t('what-if.figures')} hint={t('what-if.figures-hint')}>
      <Chips
        label={t('what-if.by')}
        value={by}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, by: next }),
            replace: true,
            resetScroll: false,
          })
        }
        chips={(['month', 'priority', 'both'] as const).map((value) => ({ value, label: t(`what-if.by.${value}`) }))}
      />
      <Table
        label={t('what-if.figures')}
        columns={columns}
        rows={figureRows(whatIf.figures, by)}
        rowKey={({ month, priority, metric }) => `${month} ${priority} ${metric}`}
      />
    </Section>
  )
}

interface WrittenProps {
  readonly whatIf: WhatIf
  readonly row: FigureRow
  readonly side: 'before' | 'after'
}

/** `41 of 46, 89.1 %`; opens to its results. */
function Written({ whatIf: { id }, row, side }: WrittenProps) {
  const t = useText()
  const format = useFormat()
  const { metric, month, priority } = row
  const ratio = attainmentOf(row[side])
  if (!ratio) return <Glyph is="none" label={t('what-if.not-measured')} />
  const share = format.percent(ratio)
  return (
    <>
      <DoorLink
        to="/what-ifs/$id/cases"
        params={{ id }}
        search={{ side, metric, month: month ?? undefined, priority: priority ?? undefined }}
      >
        {format.ratio(ratio)}
      </DoorLink>
      {share && <span className="pl-quiet">, {share}</span>}
    </>
  )
}
