import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Verbatim } from '#api/feedback'
import { barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type Narrowed, verbatimsQuery } from './queries.ts'

/** What people wrote, in their words; nobody is named. */
export function Verbatims({ narrowed }: { readonly narrowed: Narrowed }) {
  const t = useText()
  const may = barredFromWorking(useAsker()) === null
  const format = useFormat()
  const { data } = useQuery(verbatimsQuery(narrowed))
  if (data === undefined || (data.items.length === 0 && !data.hidden)) return null
  const columns: readonly Column<Verbatim>[] = [
    {
      key: 'text',
      head: t('feedback.words-said'),
      narrow: 'lead',
      cell: ({ text, language }) => <q lang={language}>{text}</q>,
    },
    {
      key: 'place',
      head: t('feedback.pareto.where'),
      width: '24%',
      narrow: 'under',
      cell: ({ service, site }) => [service?.name, site?.name].filter(Boolean).join(' · '),
    },
    {
      key: 'month',
      head: t('feedback.by.month'),
      width: '120px',
      narrow: 'under',
      cell: ({ month }) => format.monthShort(month),
    },
    {
      key: 'score',
      head: t('feedback.score'),
      width: '70px',
      numeric: true,
      narrow: 'trail',
      cell: ({ score }) => score,
    },
    {
      key: 'quote',
      head: t('feedback.quotable'),
      width: '110px',
      narrow: 'hidden',
      cell: ({ mayQuote }) => t(mayQuote ? 'feedback.yes' : 'feedback.no'),
    },
    ...(may
      ? [
          {
            key: 'do',
            head: t('feedback.verbatim-do'),
            width: '190px',
            narrow: 'under',
            cell: ({ id }: Verbatim) => (
              <>
                <Link to="/friction/new" search={{ verbatim: id }}>
                  {t('feedback.verbatim-friction')}
                </Link>{' '}
                <Link to="/feedback/said-done" search={{ from: 'verbatim', id }}>
                  {t('feedback.verbatim-said')}
                </Link>
              </>
            ),
          } as const,
        ]
      : []),
  ]
  return (
    <Section title={t('feedback.verbatims')} hint={data.truncated ? t('feedback.verbatims-truncated') : undefined}>
      {data.hidden ? (
        <p className="pl-quiet">{t('feedback.verbatims-hidden')}</p>
      ) : (
        <Table dense label={t('feedback.verbatims')} columns={columns} rows={data.items} rowKey={({ id }) => id} />
      )}
    </Section>
  )
}
