import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Correction, CorrectionAvailability } from '#api/corrections'
import { Problem } from '#web/ui/problem.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { availabilityQuery } from './queries.ts'

/** The availability of services before and after, by month. */
export function AvailabilityFigures({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const format = useFormat()
  const { data: figures = [], isError, error } = useQuery(availabilityQuery(correction.id, correction.version))
  const columns: readonly Column<CorrectionAvailability>[] = [
    {
      key: 'month',
      head: t('corrections.month'),
      narrow: 'lead',
      cell: ({ month, customer, service }) => (
        <Link
          to="/availability/$serviceId"
          params={{ serviceId: service.id }}
          search={{ customer: customer.id, month }}
        >
          {format.month(month)}
        </Link>
      ),
    },
    { key: 'service', head: t('corrections.about.service'), narrow: 'under', cell: ({ service }) => service.name },
    ...(correction.customer === null
      ? [
          {
            key: 'customer',
            head: t('corrections.customer'),
            narrow: 'under' as const,
            cell: ({ customer }: CorrectionAvailability) => customer.name,
          },
        ]
      : []),
    { key: 'before', head: t('corrections.before'), narrow: 'under', cell: ({ before }) => <Figure figure={before} /> },
    { key: 'after', head: t('corrections.after'), narrow: 'under', cell: ({ after }) => <Figure figure={after} /> },
    {
      key: 'locked',
      head: t('corrections.what-of-it'),
      narrow: 'under',
      cell: ({ locked }) => t(locked ? 'corrections.month-stays' : 'corrections.month-moves'),
    },
  ]
  return (
    <Section title={t('corrections.availability')} hint={t('corrections.availability-hint')}>
      {isError && <Problem failure={error} />}
      <Table
        label={t('corrections.availability')}
        columns={columns}
        rows={figures}
        rowKey={({ customer, service, month }) => `${customer.id} ${service.id} ${month}`}
      />
    </Section>
  )
}

const DIGITS = 3

/** `kept, 99.934 %, 24 min down` */
function Figure({ figure }: { readonly figure: CorrectionAvailability['before'] }) {
  const t = useText()
  const format = useFormat()
  if (!figure?.availability) return <State is="none">{t('corrections.not-measured')}</State>
  const { numerator, denominator } = figure.availability
  // Never rounded up: what was missed by little does not look kept.
  const share = Math.floor((numerator / denominator) * 100 * 10 ** DIGITS) / 10 ** DIGITS
  return (
    <State is={figure.met ? 'met' : 'miss'}>
      {t(`corrections.result.${figure.met ? 'met' : 'missed'}`)}{' '}
      <span className="pl-quiet pl-nowrap">
        {t('corrections.up-and-down', {
          share: format.number(share, DIGITS),
          down: format.durationCell(figure.downSeconds * 1000),
        })}
      </span>
    </State>
  )
}
