import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What there is to do at the desk. */
export function DeskTabs() {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  return (
    <Tabs label={t('app.area.desk')}>
      <Tab to="/incidents" activeOptions={{ includeSearch: false }}>
        {t('app.tab.incidents')}
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
    </Tabs>
  )
}
