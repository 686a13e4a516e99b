import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Forum, Interval } from '#api/forums'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './forums.module.css'
import { intervalQuery } from './queries.ts'

/** What came since the last meeting and has to be done before the next, as a board shows it to who stands before it. */
export function BoardInterval({ forum: { id, timeZone } }: { readonly forum: Forum }) {
  const t = useText()
  const format = useFormat()
  const { data } = useSuspenseQuery(intervalQuery(id))
  const moments = { since: format.instant(data.since, timeZone), until: format.instant(data.until, timeZone) }
  return (
    <Section title={t('forums.interval')} hint={t('forums.interval-hint', moments)}>
      <IntervalFigures items={data.items} period={t('forums.tiers-since', moments)} />
    </Section>
  )
}

interface IntervalFiguresProps extends Pick<Interval, 'items'> {
  /** From the last meeting to the next, in words. */
  readonly period: string
  /** As lines, where several boards stand beside each other. */
  readonly lines?: boolean
}

/** What came between two meetings, each figure opened to its incidents. */
export function IntervalFigures({ items, period, lines = false }: IntervalFiguresProps) {
  const t = useText()
  return (
    <dl className={lines ? classes.lines : classes.interval}>
      {items.map((item) => (
        <div key={item.key}>
          <dt>{t(`forums.interval.${item.key}`)}</dt>
          <dd>
            <Figure of={item} period={period} big={!lines} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What happened between two meetings; everything else is as it stands now. */
const spanned: ReadonlySet<string> = new Set(['opened', 'resolved', 'due'])

interface FigureProps {
  readonly of: Interval['items'][number]
  readonly period: string
  readonly big: boolean
}

function Figure({ of: { key, count, records }, period, big }: FigureProps) {
  const t = useText()
  const format = useFormat()
  return (
    <Door
      big={big}
      label={format.number(count)}
      title={t('forums.interval-title', { name: t(`forums.interval.${key}`), count })}
      definition={t(`forums.interval-of.${key}`)}
      period={spanned.has(key) ? period : t('forums.interval-now')}
      sample={t('forums.interval-sample', { count })}
    >
      <DoorList
        lines={records.map(({ number, title, priority }) => ({
          id: number,
          link: (
            <Link to="/incidents/$id" params={{ id: number }}>
              {number}
            </Link>
          ),
          about: <bdi>{title}</bdi>,
          figure: priority.toUpperCase(),
        }))}
      />
      {count > records.length && <p>{t('forums.interval-more', { count: count - records.length })}</p>}
    </Door>
  )
}
