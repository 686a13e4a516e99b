import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Certificate, ErasureWhole } from '#api/privacy'
import { DownloadLink } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PrivacyPage } from './privacy-page.tsx'
import { erasureQuery } from './queries.ts'

const route = getRouteApi('/shell/privacy/erasures/$id')

/** What was done to forget somebody, to be handed to them. */
export function CertificatePage() {
  const t = useText()
  const { id } = route.useParams()
  const { data } = useSuspenseQuery(erasureQuery(id))
  return (
    <PrivacyPage
      title={t('privacy.certificate.title', { name: data.person.name })}
      crumb={<Link to="/privacy/people">{t('privacy.tab.people')}</Link>}
      lede={t(
        data.state === 'waiting'
          ? 'privacy.certificate.waiting'
          : data.state === 'refused'
            ? 'privacy.certificate.refused'
            : 'privacy.certificate.lede',
      )}
      actions={data.certificate && <AsFile certificate={data.certificate} />}
    >
      <Done erasure={data} />
      {data.certificate && <Records certificate={data.certificate} />}
    </PrivacyPage>
  )
}

function AsFile({ certificate }: { readonly certificate: Certificate }) {
  const t = useText()
  const href = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(certificate, null, 2))}`
  return (
    <DownloadLink href={href} download={`certificate-${certificate.erasure}.json`}>
      {t('privacy.certificate.file')}
    </DownloadLink>
  )
}

function Done({ erasure }: { readonly erasure: ErasureWhole }) {
  const t = useText()
  const format = useFormat()
  const { ground, requestedAt, dueAt, doneAt, refusal, repeatedAt, checksum, certificate } = erasure
  return (
    <Section title={t('privacy.certificate.facts')}>
      <Facts
        facts={[
          { name: t('privacy.ground'), value: t(`privacy.ground.${ground}`) },
          { name: t('privacy.certificate.asked'), value: format.instant(requestedAt) },
          ...(doneAt === null
            ? [{ name: t('privacy.erasures.due'), value: format.day(dueAt) }]
            : [{ name: t('privacy.certificate.done'), value: format.instant(doneAt) }]),
          ...(refusal === null ? [] : [{ name: t('privacy.forget.refusal'), value: refusal }]),
          ...(certificate === null
            ? []
            : [
                { name: t('privacy.certificate.texts'), value: format.number(certificate.texts) },
                { name: t('privacy.certificate.files'), value: format.number(certificate.files) },
                {
                  name: t('privacy.certificate.key'),
                  value: t(
                    certificate.keyDestroyed ? 'privacy.certificate.key.destroyed' : 'privacy.certificate.key.none',
                  ),
                },
                { name: t('privacy.certificate.backups'), value: format.day(new Date(certificate.backupsUntil)) },
              ]),
          ...(repeatedAt === null
            ? []
            : [{ name: t('privacy.certificate.repeated'), value: format.instant(repeatedAt) }]),
          ...(checksum === null ? [] : [{ name: t('privacy.certificate.checksum'), value: <code>{checksum}</code> }]),
        ]}
      />
    </Section>
  )
}

type Kept = Certificate['records'][number]

function Records({ certificate }: { readonly certificate: Certificate }) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<Kept>[] = [
    {
      key: 'about',
      head: t('privacy.table.about'),
      width: '30%',
      narrow: 'lead',
      cell: ({ subject }) => t(`privacy.subject.${subject}`),
    },
    { key: 'table', head: t('privacy.certificate.table'), width: '20%', narrow: 'under', cell: ({ table }) => table },
    {
      key: 'rows',
      head: t('privacy.table.rows'),
      width: '90px',
      numeric: true,
      narrow: 'trail',
      cell: ({ rows }) => format.number(rows),
    },
    {
      key: 'fate',
      head: t('privacy.certificate.facts'),
      narrow: 'under',
      cell: ({ fate }) => t(`privacy.fate.${fate}`),
    },
  ]
  return (
    <Section title={t('privacy.certificate.records')}>
      <Table
        label={t('privacy.certificate.records')}
        columns={columns}
        rows={certificate.records}
        rowKey={({ subject, table }) => `${subject} ${table}`}
      />
    </Section>
  )
}
