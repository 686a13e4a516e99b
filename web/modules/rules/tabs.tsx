import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What goes on by itself. */
export function RuleTabs() {
  const t = useText()
  return (
    <Tabs label={t('rules.pages')}>
      <Tab to="/rules" activeOptions={{ exact: true }}>
        {t('rules.title')}
      </Tab>
      <Tab to="/rules/assignment">{t('rules.assignment')}</Tab>
      <Tab to="/webhooks">{t('rules.hooks')}</Tab>
    </Tabs>
  )
}
