import type { ReactNode } from 'react'
import { type Asker, barredFromConfided, barredFromPrivacy, barredFromWorksCouncil, type Reason } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

interface PrivacyPageProps {
  readonly title: string
  readonly lede?: ReactNode
  readonly crumb?: ReactNode
  readonly actions?: ReactNode
  /** Who may not be here. */
  readonly barred?: (asker: Asker) => Reason | null
  readonly children: ReactNode
}

/** A page about personal data, with the ways to the others. Whoever may not see it is told so, and nothing is asked for. */
export function PrivacyPage({ barred = barredFromPrivacy, children, ...head }: PrivacyPageProps) {
  const t = useText()
  const asker = useAsker()
  const reason = barred(asker)
  if (reason !== null) {
    return (
      <Page title={head.title}>
        <Problem title={t(reason)} />
      </Page>
    )
  }
  return (
    <Page {...head}>
      {head.crumb === undefined && (
        <Tabs label={t('privacy.pages')}>
          {barredFromPrivacy(asker) === null && <Tab to="/privacy/people">{t('privacy.tab.people')}</Tab>}
          {barredFromPrivacy(asker) === null && <Tab to="/privacy/retention">{t('privacy.tab.retention')}</Tab>}
          {barredFromConfided(asker) === null && <Tab to="/privacy/incidents">{t('privacy.tab.incidents')}</Tab>}
          {barredFromWorksCouncil(asker) === null && (
            <Tab to="/privacy/works-council">{t('privacy.tab.works-council')}</Tab>
          )}
        </Tabs>
      )}
      {children}
    </Page>
  )
}
