import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Correction, CorrectionFigure } from '#api/corrections'
import { attainmentOf, type Tally } from '#core/attainment.ts'
import { Problem } from '#web/ui/problem.tsx'
import { Section } from '#web/ui/page.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { figuresQuery } from './queries.ts'

/** Attainment before and after, by month and priority. */
export function CorrectionFigures({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const format = useFormat()
  const { data: figures = [], isError, error } = useQuery(figuresQuery(correction.id, correction.version))
  const columns: readonly Column<CorrectionFigure>[] = [
    {
      key: 'month',
      head: t('corrections.month'),
      narrow: 'lead',
      cell: ({ month, customer }) => (
        <Link to="/attainment" search={{ customer: customer.id, month }}>
          {format.month(month)}
        </Link>
      ),
    },
    ...(correction.customer === null
      ? [
          {
            key: 'customer',
            head: t('corrections.customer'),
            narrow: 'under' as const,
            cell: ({ customer }: CorrectionFigure) => customer.name,
          },
        ]
      : []),
    {
      key: 'promise',
      head: t('corrections.promise'),
      narrow: 'under',
      cell: ({ priority, metric }) =>
        priority === null
          ? t('corrections.promise-of-orders')
          : t('corrections.promise-of', { priority: priority.toUpperCase(), metric: textChoice(metric) }),
    },
    {
      key: 'before',
      head: t('corrections.before'),
      numeric: true,
      narrow: 'under',
      cell: ({ before }) => <Written tally={before} />,
    },
    {
      key: 'after',
      head: t('corrections.after'),
      numeric: true,
      narrow: 'under',
      cell: ({ before, after }) => (
        <>
          <b>
            <Written tally={after} />
          </b>
          {after.excluded !== before.excluded && (
            <span className="pl-quiet"> {t('corrections.left-out', { count: after.excluded })}</span>
          )}
        </>
      ),
    },
    {
      key: 'locked',
      head: t('corrections.what-of-it'),
      narrow: 'under',
      cell: ({ locked }) => t(locked ? 'corrections.month-stays' : 'corrections.month-moves'),
    },
  ]
  return (
    <Section title={t('corrections.figures')} hint={t('corrections.figures-hint')}>
      {isError && <Problem failure={error} />}
      <Table
        label={t('corrections.figures')}
        columns={columns}
        rows={figures}
        rowKey={({ customer, month, priority, metric }) => `${customer.id} ${month} ${priority} ${metric}`}
        empty={<p className="pl-quiet">{t('corrections.figures-none')}</p>}
      />
    </Section>
  )
}

/** `41 of 46, 89.1 %` */
function Written({ tally }: { readonly tally: Tally }) {
  const t = useText()
  const format = useFormat()
  const ratio = attainmentOf(tally)
  if (!ratio) return <Glyph is="none" label={t('corrections.not-measured')} />
  const share = format.percent(ratio)
  return (
    <>
      {format.ratio(ratio)}
      {share && <span className="pl-quiet">, {share}</span>}
    </>
  )
}
