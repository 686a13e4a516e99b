import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Retention } from '#api/privacy'
import { barredFromAdministering, barredFromDecidingPrivacy } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Holds } from './holds.tsx'
import { PeriodsDialog } from './periods-dialog.tsx'
import { PrivacyPage } from './privacy-page.tsx'
import { dueQuery, retentionQuery } from './queries.ts'
import { Switch } from './switch.tsx'

/** How long records of which class are kept in which country, what is old enough, and what the nights did. */
export function RetentionPage() {
  const t = useText()
  return (
    <PrivacyPage title={t('privacy.retention.title')} lede={t('privacy.retention.lede')}>
      <Classes />
      <Holds />
      <Runs />
    </PrivacyPage>
  )
}

type Kept = Retention['classes'][number]

function Classes() {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const [changing, setChanging] = useState<Kept | null>(null)
  const { data } = useSuspenseQuery(retentionQuery)
  const { data: due } = useQuery(dueQuery)
  const mayChange = barredFromDecidingPrivacy(asker) === null
  const columns: readonly Column<Kept>[] = [
    {
      key: 'class',
      head: t('privacy.retention.class'),
      width: '28%',
      narrow: 'lead',
      cell: (kept) => t(`privacy.class.${kept.class}`),
    },
    {
      key: 'months',
      head: t('privacy.retention.months'),
      width: '110px',
      narrow: 'trail',
      cell: (kept) => usual(t, kept),
    },
    {
      key: 'elsewhere',
      head: t('privacy.retention.elsewhere'),
      narrow: 'under',
      cell: ({ periods }) =>
        periods
          .filter(({ country }) => country !== '')
          .map(({ country, months }) => t('privacy.retention.country-months', { country, months: monthsOf(t, months) }))
          .join(', ') || '–',
    },
    {
      key: 'becomes',
      head: t('privacy.retention.becomes'),
      width: '20%',
      narrow: 'under',
      cell: ({ becomes }) => t(`privacy.retention.becomes.${becomes}`),
    },
    {
      key: 'due',
      head: t('privacy.retention.due'),
      width: '120px',
      numeric: true,
      narrow: 'under',
      called: t('privacy.retention.due'),
      cell: (kept) => (due === undefined ? '…' : format.number(due.counts[kept.class] ?? 0)),
    },
    ...(mayChange
      ? [
          {
            key: 'change',
            head: <span className="pl-hidden">{t('privacy.retention.change')}</span>,
            width: '90px',
            numeric: true,
            narrow: 'under',
            cell: (kept) => (
              <TextButton
                aria-label={`${t('privacy.retention.change')}: ${t(`privacy.class.${kept.class}`)}`}
                onClick={() => setChanging(kept)}
              >
                {t('privacy.retention.change')}
              </TextButton>
            ),
          } satisfies Column<Kept>,
        ]
      : []),
  ]
  return (
    <Section title={t('privacy.tab.retention')}>
      <p>{data.on ? t('privacy.retention.on', { when: format.instant(data.next) }) : t('privacy.retention.off')}</p>
      {barredFromAdministering(asker) === null ? (
        <Switch of="retention" />
      ) : (
        <p className="pl-small pl-quiet">{t('privacy.retention.only-admin')}</p>
      )}
      <Table label={t('privacy.retention.title')} columns={columns} rows={data.classes} rowKey={(kept) => kept.class} />
      {changing && <PeriodsDialog kept={changing} onClose={() => setChanging(null)} />}
    </Section>
  )
}

function usual(t: Say, { usual: months, periods }: Kept): string {
  const forAll = periods.find(({ country }) => country === '')
  return monthsOf(t, forAll === undefined ? months : forAll.months)
}

function monthsOf(t: Say, months: number | null): string {
  return months === null ? t('privacy.retention.for-good') : t('privacy.retention.count', { count: months })
}

type Run = Retention['runs'][number]

function Runs() {
  const t = useText()
  const format = useFormat()
  const { data } = useSuspenseQuery(retentionQuery)
  const columns: readonly Column<Run>[] = [
    {
      key: 'when',
      head: t('privacy.retention.run.when'),
      width: '170px',
      narrow: 'lead',
      cell: ({ beganAt }) => format.instant(beganAt),
    },
    {
      key: 'what',
      head: t('privacy.retention.run.what'),
      width: '130px',
      narrow: 'trail',
      cell: ({ endedAt, tried }) =>
        t(
          endedAt === null
            ? 'privacy.retention.run.going'
            : tried
              ? 'privacy.retention.run.tried'
              : 'privacy.retention.run.done',
        ),
    },
    { key: 'counts', head: t('privacy.retention.run.counts'), narrow: 'under', cell: (run) => countsOf(t, run) },
  ]
  return (
    <Section title={t('privacy.retention.runs')}>
      <Table
        label={t('privacy.retention.runs')}
        columns={columns}
        rows={data.runs}
        rowKey={({ id }) => id}
        empty={<Empty title={t('privacy.retention.runs.none')}>{t('privacy.retention.runs.none-more')}</Empty>}
      />
    </Section>
  )
}

function countsOf(t: Say, { counts }: Run): string {
  const lines = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) =>
      t('privacy.retention.run.line', { name: t(`privacy.class.${name as Kept['class']}`), count }),
    )
  return lines.join(', ') || t('privacy.retention.run.nothing')
}
