import { DeskTabs } from '#web/modules/incidents/index.ts'
import { barredFromAnalysing } from '#api/requests'
import { useAsker } from '#web/modules/people/index.ts'
import { barredFromInside } from '#core/may.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What there is of requests at the desk. */
export function RequestTabs() {
  const t = useText()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  return (
    <>
      <DeskTabs />
      <Tabs label={t('requests.title')}>
        <Tab to="/requests" activeOptions={{ includeSearch: false, exact: true }}>
          {t('requests.all')}
        </Tab>
        <Tab to="/requests/approvals" activeOptions={{ includeSearch: false }}>
          {t('requests.approvals')}
        </Tab>
        {inside && (
          <Tab to="/requests/tasks" activeOptions={{ includeSearch: false }}>
            {t('requests.tasks')}
          </Tab>
        )}
        {inside && (
          <Tab to="/catalogue" activeOptions={{ includeSearch: false }}>
            {t('requests.catalogue')}
          </Tab>
        )}
        {inside && barredFromAnalysing(asker) === null && (
          <Tab to="/requests/cost" activeOptions={{ includeSearch: false }}>
            {t('requests.cost')}
          </Tab>
        )}
      </Tabs>
    </>
  )
}
