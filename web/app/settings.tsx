import type { ReactNode } from 'react'
import { barredFromAdministering } from '#core/may.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

interface SettingsPageProps {
  readonly title: string
  readonly lede?: ReactNode
  readonly crumb?: ReactNode
  readonly actions?: ReactNode
  readonly side?: ReactNode
  readonly children: ReactNode
}

/** A page of the settings, with the ways to the others. Whoever does not administer is told so, and nothing else is asked for. */
export function SettingsPage({ children, side, actions, ...head }: SettingsPageProps) {
  const t = useText()
  const barred = barredFromAdministering(useAsker())
  if (barred !== null) {
    return (
      <Page title={head.title}>
        <Problem title={t(barred)} />
      </Page>
    )
  }
  return (
    <Page {...head} {...(side && { side })} {...(actions && { actions })}>
      <Tabs label={t('settings.pages')}>
        <Tab to="/settings/organisation">{t('settings.organisation')}</Tab>
        <Tab to="/settings/words">{t('settings.words')}</Tab>
        <Tab to="/settings/work">{t('settings.work')}</Tab>
        <Tab to="/settings/sign-in">{t('settings.sign-in')}</Tab>
        <Tab to="/settings/mail">{t('settings.mail')}</Tab>
        <Tab to="/settings/keeping">{t('settings.keeping')}</Tab>
        <Tab to="/settings/health">{t('settings.health')}</Tab>
      </Tabs>
      {children}
    </Page>
  )
}
