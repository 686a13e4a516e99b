import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RuleAct, RuleRun, RuleVersion } from '#api/rules'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { runsQuery, versionsQuery } from './queries.ts'

/** What a rule did, and what it said before. */
export function RuleLog({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const runs = useInfiniteQuery(runsQuery(id))
  const { data: versions = [] } = useQuery(versionsQuery(id))
  const columns: readonly Column<RuleRun>[] = [
    {
      key: 'incident',
      head: t('rules.incident'),
      width: '26%',
      narrow: 'lead',
      cell: ({ incident: { number, title } }) => (
        <Link to="/incidents/$id" params={{ id: number }}>
          {number} {title}
        </Link>
      ),
    },
    { key: 'at', head: t('rules.at'), width: '150px', narrow: 'trail', cell: ({ at }) => format.instant(at) },
    {
      key: 'outcome',
      head: t('rules.outcome'),
      width: '110px',
      narrow: 'under',
      cell: ({ outcome }) => (
        <State is={outcome === 'acted' ? 'met' : outcome === 'stopped' ? 'soon' : 'miss'}>
          {t(`rules.outcome.${outcome}`)}
        </State>
      ),
    },
    {
      key: 'done',
      head: t('rules.done'),
      narrow: 'under',
      cell: ({ why, done }) => why ?? done.map((act) => actWords(t, act)).join('; '),
    },
    {
      key: 'number',
      head: t('rules.number'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ number }) => number,
    },
  ]
  const said: readonly Column<RuleVersion>[] = [
    { key: 'number', head: t('rules.number'), width: '80px', narrow: 'lead', cell: ({ number }) => number },
    { key: 'at', head: t('rules.at'), width: '170px', narrow: 'trail', cell: ({ madeAt }) => format.instant(madeAt) },
    { key: 'by', head: t('rules.by'), width: '25%', narrow: 'under', cell: ({ madeBy }) => madeBy },
    {
      key: 'changed',
      head: t('rules.what-changed'),
      narrow: 'under',
      cell: ({ changed }) =>
        changed.length === 0 ? t('rules.first') : changed.map((part) => t(`rules.part.${part}`)).join(', '),
    },
  ]
  return (
    <>
      <Section title={t('rules.log')} hint={t('rules.log-hint')}>
        <Table
          label={t('rules.log')}
          columns={columns}
          rows={runs.data?.pages.flatMap(({ items }) => items) ?? []}
          rowKey={({ id: run }) => run}
          loading={runs.isPending}
          more={{ has: runs.hasNextPage, busy: runs.isFetchingNextPage, load: () => void runs.fetchNextPage() }}
          empty={<Empty title={t('rules.log-none')}>{t('rules.log-none-more')}</Empty>}
        />
      </Section>
      <Section title={t('rules.versions')} hint={t('rules.versions-hint')}>
        <Table label={t('rules.versions')} columns={said} rows={versions} rowKey={({ number }) => String(number)} />
      </Section>
    </>
  )
}

function actWords(t: Say, { do: kind, what, skipped }: RuleAct): string {
  return t('rules.act', {
    kind: t(`rules.do.${kind}`),
    hasWhat: what === '' ? 'no' : 'yes',
    what,
    skipped: skipped === undefined ? 'no' : textChoice(skipped),
  })
}
