import { useSuspenseQuery } from '@tanstack/react-query'
import type { Gathered } from '#api/privacy'
import { barredFromAdministering, barredFromWorksCouncil } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { DownloadLink } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PrivacyPage } from './privacy-page.tsx'
import { councilQuery, packAddress } from './queries.ts'
import { Switch } from './switch.tsx'

/** What a works council has to know of a system that could watch people, from the system itself. */
export function WorksCouncilPage() {
  const t = useText()
  return (
    <PrivacyPage
      title={t('privacy.council.title')}
      lede={t('privacy.council.lede')}
      barred={barredFromWorksCouncil}
      actions={<DownloadLink href={packAddress()}>{t('privacy.council.pack')}</DownloadLink>}
    >
      <Pack />
    </PrivacyPage>
  )
}

/** The newest of what can be read; the pack has all. */
const NEWEST = 20

function Pack() {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const { data } = useSuspenseQuery(councilQuery)
  const reports: readonly Column<Gathered['reports'][number]>[] = [
    {
      key: 'since',
      head: t('privacy.council.since'),
      width: '130px',
      narrow: 'trail',
      cell: ({ since }) => format.day(since),
    },
    { key: 'path', head: t('privacy.council.path'), width: '30%', narrow: 'lead', cell: ({ path }) => path },
    {
      key: 'what',
      head: t('privacy.table.about'),
      narrow: 'under',
      cell: ({ summary }) => <span lang="en">{summary}</span>,
    },
  ]
  const fields: readonly Column<Gathered['fields'][number]>[] = [
    {
      key: 'about',
      head: t('privacy.table.about'),
      width: '28%',
      narrow: 'lead',
      cell: ({ subject }) => t(`privacy.subject.${subject}`),
    },
    { key: 'table', head: t('privacy.certificate.table'), width: '20%', narrow: 'under', cell: ({ table }) => table },
    { key: 'columns', head: t('privacy.council.columns'), narrow: 'under', cell: ({ columns }) => columns.join(', ') },
  ]
  return (
    <>
      <Section title={t('privacy.council.rules')}>
        <p>{t(data.on ? 'privacy.council.on' : 'privacy.council.off')}</p>
        <p>{t('privacy.council.smallest', data.smallest)}</p>
        <p>{t('privacy.council.intelligence')}</p>
        {barredFromAdministering(asker) === null && <Switch of="worksCouncil" />}
      </Section>
      <Section title={t('privacy.council.new')} hint={t('privacy.council.new-hint', { count: data.reports.length })}>
        <Table
          dense
          label={t('privacy.council.new')}
          columns={reports}
          rows={data.reports.slice(0, NEWEST)}
          rowKey={({ path }) => path}
        />
      </Section>
      <Section title={t('privacy.council.fields')}>
        <Table
          dense
          label={t('privacy.council.fields')}
          columns={fields}
          rows={data.fields}
          rowKey={({ subject, table }) => `${subject} ${table}`}
        />
      </Section>
    </>
  )
}
