import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ListedWhatIfDifference, WhatIf } from '#api/what-if'
import { Untold } from '#web/app/untold.tsx'
import { ResultState } from '#web/modules/corrections/index.ts'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { differencesQuery } from './queries.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/$id')

/** The tickets that come out differently; each opens to both ways of counting it. */
export function WhatIfDifferences({ whatIf }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { id, figures } = whatIf
  const counts = whatIf.counts ?? { flips: 0, differences: 0 }
  const { show = counts.flips > 0 ? 'flips' : 'all', metric, priority } = route.useSearch()
  const differences = useInfiniteQuery(differencesQuery(id, { show, metric, priority }))
  const rows = differences.data?.pages.flatMap(({ items }) => items) ?? []
  const choose = (chosen: object) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...chosen }),
      replace: true,
      resetScroll: false,
    })
  const metrics = [...new Set(figures.map((figure) => figure.metric))]
  const priorities = [...new Set(figures.flatMap((figure) => figure.priority ?? []))].toSorted()
  const columns: readonly Column<ListedWhatIfDifference>[] = [
    {
      key: 'number',
      head: t('what-if.incident'),
      width: '24%',
      narrow: 'lead',
      cell: ({ number, position, metric: of }) =>
        number === null ? (
          <Untold />
        ) : (
          <Link to="/what-ifs/$id/$position" params={{ id, position: String(position) }}>
            {t('what-if.clock-of', { number, metric: t(`what-if.metric.${of}`) })}
          </Link>
        ),
    },
    {
      key: 'month',
      head: t('what-if.month'),
      narrow: 'under',
      cell: ({ month, priority: of }) => [format.month(month), ...(of === null ? [] : [of.toUpperCase()])].join(', '),
    },
    {
      key: 'before',
      head: t('what-if.before'),
      narrow: 'under',
      cell: ({ before }) => <ResultState result={before} />,
    },
    { key: 'after', head: t('what-if.after'), narrow: 'under', cell: ({ after }) => <ResultState result={after} /> },
  ]
  return (
    <Section title={t('what-if.differences')} hint={t('what-if.differences-hint')}>
      <div className={classes.chips}>
        <Chips
          label={t('what-if.which')}
          value={show}
          onChange={(next) => choose({ show: next })}
          chips={[
            { value: 'flips' as const, label: t('what-if.show.flips'), count: counts.flips },
            { value: 'all' as const, label: t('what-if.show.all'), count: counts.differences },
          ]}
        />
        {metrics.length > 1 && (
          <Chips
            label={t('what-if.promise')}
            value={metric ?? 'any'}
            onChange={(next) => choose({ metric: next === 'any' ? undefined : next })}
            chips={[
              { value: 'any' as const, label: t('what-if.any-promise') },
              ...metrics.map((value) => ({ value, label: t(`what-if.metric.${value}`) })),
            ]}
          />
        )}
        {priorities.length > 1 && (
          <Chips
            label={t('what-if.priority')}
            value={priority ?? 'any'}
            onChange={(next) => choose({ priority: next === 'any' ? undefined : next })}
            chips={[
              { value: 'any' as const, label: t('what-if.any-priority') },
              ...priorities.map((value) => ({ value, label: value.toUpperCase() })),
            ]}
          />
        )}
      </div>
      {differences.isError && <Problem failure={differences.error} />}
      <Table
        dense
        keys
        label={t('what-if.differences')}
        columns={columns}
        rows={rows}
        rowKey={({ position }, index) => String(position ?? `untold ${index}`)}
        loading={differences.isPending}
        more={{
          has: differences.hasNextPage,
          busy: differences.isFetchingNextPage,
          load: () => void differences.fetchNextPage(),
        }}
        empty={<Empty title={t('what-if.no-differences')}>{t('what-if.no-differences-more')}</Empty>}
      />
    </Section>
  )
}
