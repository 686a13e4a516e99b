import { Link } from '@tanstack/react-router'
import type { ExperienceGroup, ExperienceGrouping, ExperienceReport } from '#api/feedback'
import { Door, DoorList } from '#web/ui/door.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
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
  const format = useFormat()
  const nameOf = useGroupName(by)
  const few = <span className="pl-quiet">{t('feedback.few')}</span>
  const columns: readonly Column<ExperienceGroup>[] = [
    { key: 'name', head: t(`feedback.by.${by}`), narrow: 'lead', cell: nameOf },
    {
      key: 'kept',
      head: t('feedback.experience.kept'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      cell: (group) => <Kept group={group} name={nameOf(group)} by={by} narrowed={narrowed} />,
    },
    {
      key: 'csat',
      head: t('feedback.scale.csat'),
      width: '170px',
      numeric: true,
      narrow: 'under',
      cell: (group) => (group.hidden ? few : <Felt group={group} of="csat" name={nameOf(group)} />),
    },
    {
      key: 'nps',
      head: t('feedback.scale.nps'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: (group) => (group.hidden ? few : <Felt group={group} of="nps" name={nameOf(group)} />),
    },
    {
      key: 'lost',
      head: t('feedback.experience.lost'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: (group) => (group.hidden ? few : <Lost group={group} name={nameOf(group)} />),
    },
    {
      key: 'score',
      head: t('feedback.experience.points'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ score, valid }) => (score === null || !valid ? '–' : format.number(score.points, 1)),
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

interface FigureProps {
  readonly group: ExperienceGroup
  readonly name: string
}

function Kept({
  group: { key, attainment },
  name,
  by,
  narrowed,
}: FigureProps & { readonly by: ExperienceGrouping; readonly narrowed: Narrowed }) {
  const t = useText()
  const format = useFormat()
  const { met, failed, targetBp } = attainment
  if (met + failed === 0) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const ratio = { numerator: met, denominator: met + failed }
  const place = {
    ...(narrowed.customer && { customer: narrowed.customer }),
    ...((by === 'service' ? key : narrowed.service) && { service: by === 'service' ? key : narrowed.service }),
    ...((by === 'site' ? key : narrowed.site) && { site: by === 'site' ? key : narrowed.site }),
    ...(by === 'month' ? { month: key } : { from: narrowed.from, to: narrowed.to, period: 'custom' as const }),
  }
  return (
    <Door
      label={format.percent(ratio) ?? format.ratio(ratio)}
      title={`${name}: ${format.ratio(ratio)}`}
      definition={t('feedback.experience.kept-definition', {
        target: targetBp === null ? t('feedback.none') : format.basisPoints(targetBp),
      })}
      sample={format.number(met + failed)}
    >
      <DoorList
        lines={(['failed', 'met'] as const).map((verdict) => ({
          id: verdict,
          link: (
            <Link to="/attainment/cases" search={{ ...place, verdict }}>
              {t(`feedback.experience.cases.${verdict}`)}
            </Link>
          ),
          about: '',
          figure: format.number(verdict === 'met' ? met : failed),
        }))}
      />
    </Door>
  )
}

function Felt({ group, of, name }: FigureProps & { readonly of: 'csat' | 'nps' }) {
  const t = useText()
  const format = useFormat()
  const felt = group[of]
  if (felt === null) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const { estimate, mean, ratio } = felt
  const unit = of === 'csat' ? '\u00a0%' : ''
  const written = (value: number) =>
    `${of === 'nps' && value > 0 ? '+' : ''}${format.number(value, of === 'nps' ? 0 : 1)}${unit}`
  const reach = t('feedback.experience.reach', { low: written(estimate.low), high: written(estimate.high) })
  return (
    <>
      <Door
        label={written(estimate.value)}
        title={`${name}: ${written(estimate.value)}`}
        definition={t(`feedback.definition.${of}`)}
        sample={t('feedback.experience.sample', { answers: ratio.denominator, asked: group.asked })}
        excluded={group.valid ? undefined : t('feedback.experience.too-few')}
      >
        <p>{reach}</p>
        <p>{t('feedback.experience.mean', { mean: format.number(mean.numerator / mean.denominator, 2) })}</p>
      </Door>
      <br />
      <span className="pl-tiny pl-quiet">{`n = ${format.number(ratio.denominator)}; ${written(estimate.low)} … ${written(estimate.high)}`}</span>
    </>
  )
}

function Lost({ group: { lostTime }, name }: FigureProps) {
  const t = useText()
  const format = useFormat()
  if (lostTime === null) return <span className="pl-quiet">{t('ui.state.none')}</span>
  const { mean, medianMinutes, answers, cut, perceivedMinutes, floorMinutes } = lostTime
  const minutes = (value: number) => format.duration(Math.round(value) * 60_000)
  return (
    <Door
      label={minutes(medianMinutes)}
      title={`${name}: ${minutes(medianMinutes)}`}
      definition={t('feedback.definition.lost')}
      sample={format.number(answers)}
      excluded={cut === 0 ? undefined : t('feedback.experience.cut', { count: cut })}
    >
      <p>{t('feedback.experience.lost-mean', { mean: minutes(mean.numerator / mean.denominator) })}</p>
      {perceivedMinutes !== null && (
        <p>
          {t('feedback.experience.perceived', {
            all: minutes(perceivedMinutes.numerator / perceivedMinutes.denominator),
            floor: minutes(floorMinutes),
          })}
        </p>
      )}
    </Door>
  )
}
