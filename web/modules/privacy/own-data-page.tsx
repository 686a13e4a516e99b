import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAsker } from '#web/modules/people/index.ts'
import { DownloadLink } from '#web/ui/button.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { KnownTable } from './known-table.tsx'
import { exportAddress, knownQuery } from './queries.ts'

/** What this system knows about oneself: for everybody, whatever their role. */
export function OwnDataPage() {
  const t = useText()
  const ours = useAsker().access !== 'customer'
  const { data } = useSuspenseQuery(knownQuery(null))
  return (
    <Page
      title={t('privacy.own.title')}
      lede={t('privacy.own.lede')}
      crumb={<Link to="/account">{data.person.name}</Link>}
      actions={<DownloadLink href={exportAddress(null)}>{t('privacy.own.export')}</DownloadLink>}
    >
      <KnownTable records={data.records} empty={t('privacy.own.nothing')} />
      <p className="pl-small pl-quiet">{t('privacy.own.export-hint')}</p>
      <p className="pl-small pl-quiet">{t('privacy.own.forget')}</p>
      {ours && (
        <Section title={t('privacy.watching')}>
          <p>{t('privacy.watching.never')}</p>
          <p>{t(data.worksCouncil ? 'privacy.watching.on' : 'privacy.watching.off')}</p>
        </Section>
      )}
    </Page>
  )
}
