import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { factDifferences, type FactDifference, type Review, type ReviewWithFacts } from '#api/reviews'
import { Section } from '#web/ui/page.tsx'
import { TextButton } from '#web/ui/button.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { monthQuery, reviewQuery } from './queries.ts'
import { ReviewState } from './review-state.tsx'

/** All versions of the month with their checksums, and what they tell otherwise than the one that is shown. */
export function ReviewVersions({ review }: { readonly review: ReviewWithFacts }) {
  const t = useText()
  const format = useFormat()
  const { data: versions = [] } = useQuery(monthQuery(review))
  const [comparedId, setCompared] = useState<string | null>(null)
  const compared = versions.find(({ id }) => id === comparedId)
  const columns: readonly Column<Review>[] = [
    {
      key: 'version',
      head: t('reviews.version'),
      narrow: 'lead',
      cell: ({ id, version, edition }) => (
        <Link to="/reviews/$id" params={{ id }} aria-current={id === review.id ? 'page' : undefined}>
          {t('reviews.version-of', { version, edition: t(`reviews.edition.${edition}`) })}
        </Link>
      ),
    },
    { key: 'made', head: t('reviews.made'), narrow: 'under', cell: ({ createdAt }) => format.instant(createdAt) },
    {
      key: 'checksum',
      head: t('reviews.page.checksum'),
      narrow: 'under',
      cell: ({ checksum }) => (checksum === null ? '–' : <code title={checksum}>{checksum.slice(0, 12)}</code>),
    },
    { key: 'state', head: t('reviews.state'), narrow: 'trail', cell: (each) => <ReviewState review={each} /> },
    {
      key: 'differs',
      head: t('reviews.versions.beside'),
      narrow: 'under',
      cell: (each) => {
        if (each.id === review.id) return <span className="pl-quiet">{t('reviews.versions.shown')}</span>
        if (each.checksum === null || review.checksum === null) return '–'
        if (each.checksum === review.checksum) return t('reviews.versions.same')
        return (
          <TextButton
            aria-expanded={comparedId === each.id}
            onClick={() => setCompared(comparedId === each.id ? null : each.id)}
          >
            {t('reviews.versions.differs')}
          </TextButton>
        )
      },
    },
  ]
  return (
    <Section title={t('reviews.versions')} hint={t('reviews.versions.hint')}>
      <Table label={t('reviews.versions')} columns={columns} rows={versions} rowKey={({ id }) => id} />
      {compared && <VersionDifference one={compared} other={review} />}
    </Section>
  )
}

interface Line {
  readonly key: string
  readonly name: string
  readonly before: string
  readonly after: string
}

function VersionDifference({ one, other }: { readonly one: Review; readonly other: ReviewWithFacts }) {
  const t = useText()
  const written = useWritten()
  const { data } = useQuery(reviewQuery(one.id))
  if (!data?.facts || other.facts === null) return null
  const label = t('reviews.versions.difference', { one: one.version, other: other.version })
  const name = ({ version, edition }: Pick<Review, 'version' | 'edition'>) =>
    t('reviews.version-of', { version, edition: t(`reviews.edition.${edition}`) })
  const columns: readonly Column<Line>[] = [
    { key: 'name', head: t('reviews.versions.what'), narrow: 'lead', cell: (line) => line.name },
    { key: 'before', head: name(one), numeric: true, narrow: 'under', cell: (line) => line.before },
    { key: 'after', head: name(other), numeric: true, narrow: 'trail', cell: (line) => <b>{line.after}</b> },
  ]
  const differences = factDifferences(data.facts, other.facts)
  return (
    <div aria-live="polite">
      <h3>{label}</h3>
      <Table
        label={label}
        columns={columns}
        rows={differences.map(written)}
        rowKey={({ key }) => key}
        empty={<p className="pl-quiet">{t('reviews.versions.only-words')}</p>}
      />
    </div>
  )
}

function useWritten(): (difference: FactDifference) => Line {
  const t = useText()
  const format = useFormat()
  const tally = (of: { readonly met: number; readonly failed: number } | null) =>
    of === null ? '–' : t('reviews.page.of', { met: of.met, all: of.met + of.failed })
  return (difference) => {
    const { kind } = difference
    if (kind === 'list') return { key: kind, name: t('reviews.versions.list'), before: '', after: '' }
    if (kind === 'section')
      return {
        key: `section ${difference.section}`,
        name: t('reviews.versions.section', { section: difference.section.replaceAll('-', '_') }),
        before: '',
        after: '',
      }
    if (kind === 'agreements') {
      const { before, after } = difference
      return { key: kind, name: t('reviews.page.agreement'), before: format.list(before), after: format.list(after) }
    }
    if (kind === 'availability') {
      const { service, before, after } = difference
      const down = (ms: number | null) => (ms === null ? '–' : format.durationCell(ms))
      const name = `${service}: ${t('reviews.page.down')}`
      return { key: `${kind} ${service}`, name, before: down(before), after: down(after) }
    }
    if (kind === 'target') {
      const { priority, metric, agreement, before, after } = difference
      return {
        key: `${agreement} ${metric} ${priority}`,
        name: `${priority.toUpperCase()} ${t(`reviews.page.metric.${metric}`)}`,
        before: tally(before),
        after: tally(after),
      }
    }
    return {
      key: kind,
      name: t(kind === 'incidents' ? 'reviews.versions.incidents' : `reviews.page.${kind}`),
      before: format.number(difference.before),
      after: format.number(difference.after),
    }
  }
}
