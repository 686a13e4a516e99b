import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What there is to do at the desk. */
export function DeskTabs() {
  const t = useText()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const managed = barredFromManaging(asker) === null
  return (
    <Tabs label={t('app.area.desk')}>
      <Tab to="/incidents" activeOptions={{ includeSearch: false }}>
        {t('app.tab.incidents')}
      </Tab>
      <Tab to="/requests" activeOptions={{ includeSearch: false }}>
        {t('app.tab.requests')}
      </Tab>
      <Tab to="/major-incidents" activeOptions={{ includeSearch: false }}>
        {t('app.tab.major-incidents')}
      </Tab>
      <Tab to="/escalations" activeOptions={{ includeSearch: false }}>
        {t('app.tab.escalations')}
      </Tab>
      {inside && (
        <Tab to="/contacts" activeOptions={{ includeSearch: false }}>
          {t('app.tab.contacts')}
        </Tab>
      )}
      {managed && (
        <Tab to="/rules" activeOptions={{ includeSearch: false }}>
          {t('app.tab.rules')}
        </Tab>
      )}
    </Tabs>
  )
}
