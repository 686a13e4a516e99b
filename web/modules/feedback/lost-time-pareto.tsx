import type { ExperienceGrouping, ExperienceReport } from '#api/feedback'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Lost } from './experience-doors.tsx'
import { useGroupName } from './group-name.ts'
import type { Narrowed } from './queries.ts'
import classes from './lost-time-pareto.module.css'

type Step = ExperienceReport['pareto'][number]

/** Where the lost time is: a few places have most of it, and a mean hides that. */
export function LostTimePareto({
  report: { pareto, groups },
  by,
  narrowed,
}: {
  readonly report: ExperienceReport
  readonly by: ExperienceGrouping
  readonly narrowed: Narrowed
}) {
  const t = useText()
  const nameOf = useGroupName(by)
  const format = useFormat()
  if (pareto.length < 2) return null
  const most = pareto[0]!.minutes
  const shareOf = ({ cumulative: { numerator, denominator } }: Step) => (100 * numerator) / denominator
  const enough = pareto.findIndex((step) => shareOf(step) >= 80) + 1
  const lostIn = (step: Step) => {
    const group = groups.find(({ key }) => key === step.key)
    const lost = format.duration(step.minutes * 60_000)
    return group === undefined ? (
      lost
    ) : (
      <Lost group={group} name={nameOf(step)} by={by} narrowed={narrowed} label={lost} />
    )
  }
  const columns: readonly Column<Step>[] = [
    {
      key: 'label',
      head: t('feedback.pareto.where'),
      narrow: 'lead',
      cell: nameOf,
    },
    {
      key: 'minutes',
      head: t('feedback.experience.lost'),
      width: '45%',
      narrow: 'under',
      cell: (step) => (
        <span className={classes.cell}>
          <span className={classes.bar} style={{ width: `${(70 * step.minutes) / most}%` }} aria-hidden />
          <span className="pl-number pl-nowrap">{lostIn(step)}</span>
        </span>
      ),
    },
    {
      key: 'reached',
      head: t('feedback.pareto.reached'),
      width: '150px',
      numeric: true,
      narrow: 'trail',
      cell: (step) => `${format.number(shareOf(step), 0)}\u00a0%`,
    },
  ]
  return (
    <Section title={t('feedback.pareto.title', { count: enough, of: pareto.length })} hint={t('feedback.pareto.hint')}>
      <Table dense label={t('feedback.pareto.where')} columns={columns} rows={pareto} rowKey={({ key }) => key} />
    </Section>
  )
}
