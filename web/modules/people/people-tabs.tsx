import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** People, and the teams that they are in. */
export function PeopleTabs() {
  const t = useText()
  return (
    <Tabs label={t('app.area.people')}>
      <Tab to="/people" activeOptions={{ exact: true, includeSearch: false }}>
        {t('people.list.title')}
      </Tab>
      <Tab to="/people/teams" activeOptions={{ includeSearch: false }}>
        {t('people.teams')}
      </Tab>
    </Tabs>
  )
}
