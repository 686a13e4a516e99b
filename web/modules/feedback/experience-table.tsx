import type { ExperienceGroup, ExperienceGrouping, ExperienceReport } from '#api/feedback'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { Felt, Kept, Lost, Points } from './experience-doors.tsx'
import { useGroupName } from './group-name.ts'
import type { Narrowed } from './queries.ts'

const standing: Readonly<Record<ExperienceGroup['accord'], Standing>> = {
  good: 'met',
  watermelon: 'clash',
  forgiven: 'soon',
  bad: 'miss',
  unknown: 'none',
}

interface ExperienceTableProps {
  readonly report: ExperienceReport
  readonly by: ExperienceGrouping
  readonly narrowed: Narrowed
}

/** What was kept in one column, what was felt in those beside it; each figure with its sample and how sure it is. */
export function ExperienceTable({ report, by, narrowed }: ExperienceTableProps) {
  const t = useText()
  const nameOf = useGroupName(by)
  const of = (group: ExperienceGroup) => ({ group, name: nameOf(group), by, narrowed })
  const few = <span className="pl-quiet">{t('feedback.few')}</span>
  const columns: readonly Column<ExperienceGroup>[] = [
    { key: 'name', head: t(`feedback.by.${by}`), narrow: 'lead', cell: nameOf },
    {
      key: 'kept',
      head: t('feedback.experience.kept'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      cell: (group) => <Kept {...of(group)} />,
    },
    {
      key: 'csat',
      head: t('feedback.scale.csat'),
      width: '170px',
      numeric: true,
      narrow: 'under',
      cell: (group) => (group.hidden ? few : <Felt {...of(group)} of="csat" />),
    },
    {
      key: 'nps',
      head: t('feedback.scale.nps'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: (group) => (group.hidden ? few : <Felt {...of(group)} of="nps" />),
    },
    {
      key: 'lost',
      head: t('feedback.experience.lost'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: (group) => (group.hidden ? few : <Lost {...of(group)} />),
    },
    {
      key: 'score',
      head: t('feedback.experience.points'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: (group) =>
        group.score === null || !group.valid ? '–' : <Points {...of(group)} target={report.targetPoints} />,
    },
    {
      key: 'accord',
      head: t('feedback.experience.accord'),
      width: '170px',
      narrow: 'trail',
      cell: ({ accord }) => <State is={standing[accord]}>{t(`feedback.accord.${accord}`)}</State>,
    },
  ]
  return (
    <Table label={t('feedback.experience.beside')} columns={columns} rows={report.groups} rowKey={({ key }) => key} />
  )
}
