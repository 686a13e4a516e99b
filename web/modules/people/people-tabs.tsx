import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** People, and the teams that they are in. */
export function PeopleTabs() {
  const t = useText()
  return (
    <Tabs label={t('app.area.people')}>
      <Tab to="/people" activeOptions={{ includeSearch: false }}>
        {t('people.list.title')}
      </Tab>
      <Tab to="/teams" activeOptions={{ includeSearch: false }}>
        {t('people.teams')}
      </Tab>
    </Tabs>
  )
}
