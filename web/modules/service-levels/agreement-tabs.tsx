import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { useText } from '#web/ui/text.tsx'

/** What was agreed, what of it was counted wrongly, what else it could say, and how far the months are settled. */
export function AgreementTabs() {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  return (
    <Tabs label={t('app.area.agreements')}>
      <Tab to="/agreements" activeOptions={{ includeSearch: false }}>
        {t('app.tab.agreements')}
      </Tab>
      <Tab to="/corrections" activeOptions={{ includeSearch: false }}>
        {t('app.tab.corrections')}
      </Tab>
      {inside && (
        <Tab to="/what-ifs" activeOptions={{ includeSearch: false }}>
          {t('app.tab.what-ifs')}
        </Tab>
      )}
      <Tab to="/periods" activeOptions={{ includeSearch: false }}>
        {t('app.tab.periods')}
      </Tab>
    </Tabs>
  )
}

/** How promises were kept: of incidents, and of services being there; and for the provider, how often incidents were handed on. */
export function LevelTabs() {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  return (
    <Tabs label={t('app.area.service-levels')}>
      <Tab to="/attainment" activeOptions={{ includeSearch: false }}>
        {t('app.tab.attainment')}
      </Tab>
      <Tab to="/availability" activeOptions={{ includeSearch: false }}>
        {t('app.tab.availability')}
      </Tab>
      <Tab to="/experience" activeOptions={{ includeSearch: false }}>
        {t('app.tab.experience')}
      </Tab>
      {inside && (
        <Tab to="/handovers" activeOptions={{ includeSearch: false }}>
          {t('app.tab.handovers')}
        </Tab>
      )}
      {inside && (
        <Tab to="/friction" activeOptions={{ includeSearch: false }}>
          {t('app.tab.friction')}
        </Tab>
      )}
      {inside && (
        <Tab to="/kpis" activeOptions={{ includeSearch: false }}>
          {t('app.tab.kpis')}
        </Tab>
      )}
    </Tabs>
  )
}
