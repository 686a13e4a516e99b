import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What is told to customers, and what goes out by itself. */
export function ReviewTabs() {
  const t = useText()
  return (
    <Tabs label={t('reviews.tabs')}>
      <Tab to="/reviews" activeOptions={{ includeSearch: false, exact: true }}>
        {t('reviews.tab.reviews')}
      </Tab>
      <Tab to="/report-schedules" activeOptions={{ includeSearch: false, exact: true }}>
        {t('reviews.tab.schedules')}
      </Tab>
    </Tabs>
  )
}
