import type { AttainmentGroup, AttainmentReport } from '#api/service-levels'
import { attainmentOf, type Tally } from '#core/attainment.ts'
import { Section } from '#web/ui/page.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { TOTAL } from './attainment-groups.ts'
import classes from './attainment-page.module.css'

/** What the source system said of its own targets, beside what is counted here. Only where history was imported. */
export function ReportedSection({ report: { groups, total } }: { readonly report: AttainmentReport }) {
  const t = useText()
  const columns = useColumns()
  if (total.reported === null) return null
  return (
    <Section title={t('attainment.reported')} hint={t('attainment.reported.hint')}>
      <div className={classes.reported}>
        <Table
          label={t('attainment.reported')}
          columns={columns}
          rows={[...groups.filter(({ reported }) => reported !== null), total]}
          rowKey={({ key }) => key}
        />
      </div>
    </Section>
  )
}

function useColumns(): readonly Column<AttainmentGroup>[] {
  const t = useText()
  return [
    {
      key: 'priority',
      head: t('attainment.head.priority'),
      cell: ({ key }) => (key === TOTAL ? <b>{t('attainment.all.priority')}</b> : key.toUpperCase()),
    },
    {
      key: 'reported',
      head: t('attainment.column.reported'),
      numeric: true,
      cell: ({ reported }) => <Written tally={reported && { ...reported, excluded: 0 }} />,
    },
    {
      key: 'own',
      head: t('attainment.column.counted'),
      numeric: true,
      cell: ({ byMetric }) => <Written tally={byMetric.resolution} />,
    },
  ]
}

/** `11,149 of 17,552, 63.5 %` */
function Written({ tally }: { readonly tally: Tally | null }) {
  const t = useText()
  const format = useFormat()
  const ratio = tally && attainmentOf(tally)
  if (!ratio) return <Glyph is="none" label={t('attainment.not-measured')} />
  const share = format.percent(ratio)
  return (
    <>
      {format.ratio(ratio)}
      {share && <span className="pl-quiet">, {share}</span>}
    </>
  )
}
