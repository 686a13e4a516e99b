import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What is steered: what is to be done, and what was decided. */
export function SteeringTabs() {
  const t = useText()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const managed = barredFromManaging(asker) === null
  return (
    <Tabs label={t('app.area.actions')}>
      <Tab to="/actions" activeOptions={{ includeSearch: false }}>
        {t('app.tab.actions')}
      </Tab>
      <Tab to="/decisions" activeOptions={{ includeSearch: false }}>
        {t('app.tab.decisions')}
      </Tab>
      <Tab to="/improvements" activeOptions={{ includeSearch: false }}>
        {t('app.tab.improvements')}
      </Tab>
      {inside && (
        <Tab to="/forums" activeOptions={{ includeSearch: false }}>
          {t('app.tab.forums')}
        </Tab>
      )}
      {managed && (
        <Tab to="/stakeholders" activeOptions={{ includeSearch: false }}>
          {t('app.tab.stakeholders')}
        </Tab>
      )}
    </Tabs>
  )
}
