import { getRouteApi } from '@tanstack/react-router'
import { LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { ApprovalList } from './approval-list.tsx'
import { RequestTabs } from './request-tabs.tsx'

const route = getRouteApi('/shell/requests/approvals')

/** What waits for the reader's yes or no; behind a figure, what was decided. */
export function ApprovalsPage() {
  const t = useText()
  const { item, level } = route.useSearch()
  const of = item !== undefined && level !== undefined ? { item, level } : undefined
  return (
    <Page title={t('requests.approvals')} lede={t(of ? 'requests.approvals-of' : 'requests.approvals-lede')}>
      <RequestTabs />
      {of && (
        <p>
          <LinkButton to="/requests/cost">{t('requests.back-to-cost')}</LinkButton>
        </p>
      )}
      <ApprovalList {...(of && { of })} />
    </Page>
  )
}
