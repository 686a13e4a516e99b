import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AgreementTabs } from '#web/modules/service-levels/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { whatIfsQuery } from './queries.ts'
import { WhatIfTable } from './what-if-table.tsx'

const route = getRouteApi('/shell/what-ifs')

/** What was tried before it was signed. */
export function WhatIfsPage() {
  const t = useText()
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(whatIfsQuery({ customer }))
  return (
    <Page title={t('what-if.title')} lede={t('what-if.lede')}>
      <AgreementTabs />
      <WhatIfTable
        label={t('what-if.title')}
        whatIfs={data.pages.flatMap(({ items }) => items)}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty
            title={t('what-if.none')}
            actions={
              <LinkButton to="/agreements" main>
                {t('what-if.to-agreements')}
              </LinkButton>
            }
          >
            {t('what-if.none-more')}
          </Empty>
        }
      />
    </Page>
  )
}
