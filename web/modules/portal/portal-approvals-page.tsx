import { Link } from '@tanstack/react-router'
import { barredFromReporting } from '#api/portal'
import { useAsker } from '#web/modules/people/index.ts'
import { ApprovalList } from '#web/modules/requests/index.ts'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { NotHere } from './not-here.tsx'

/** What waits for the reader's yes or no. */
export function PortalApprovalsPage() {
  const t = useText()
  const barred = barredFromReporting(useAsker())
  if (barred !== null) return <NotHere reason={barred} />
  return (
    <Page
      title={t('portal.approvals')}
      lede={t('portal.approvals-lede')}
      crumb={<Link to="/portal">{t('portal.title')}</Link>}
    >
      <ApprovalList />
    </Page>
  )
}
