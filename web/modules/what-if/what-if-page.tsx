import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/what-if'
import { barredFromTrying, type WhatIf } from '#api/what-if'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { whatIfQuery } from './queries.ts'
import { useTrying } from './use-trying.ts'
import { WhatIfCredits } from './what-if-credits.tsx'
import { WhatIfDifferences } from './what-if-differences.tsx'
import { WhatIfFigures } from './what-if-figures.tsx'
import { WhatIfState } from './what-if-table.tsx'
import { outcomeWords, periodWords } from './what-if-words.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/$id')

/** What a version would have made of a period's tickets, before anybody signs it. */
export function WhatIfPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: whatIf } = useSuspenseQuery(whatIfQuery(id))
  const { agreement, version, state, outOfDate, counts } = whatIf
  return (
    <Page
      title={t('what-if.title-of', { name: agreement.name, number: version.number })}
      lede={outcomeWords(t, whatIf)}
      crumb={
        <>
          <Link to="/what-ifs">{t('what-if.title')}</Link>
          <Link to="/agreements/$id" params={{ id: agreement.id }}>
            {agreement.name}
          </Link>
        </>
      }
      actions={<Steps whatIf={whatIf} />}
      side={<Side whatIf={whatIf} />}
    >
      {state === 'computing' && <Counting whatIf={whatIf} />}
      {state === 'failed' && <Problem title={t('what-if.failed')}>{t('what-if.failed-more')}</Problem>}
      {state === 'done' && outOfDate && (
        <p className={classes.notice} role="status">
          <State is="soon">{t('what-if.out-of-date')}</State> {t('what-if.out-of-date-more')}
        </p>
      )}
      {state === 'done' && counts !== null && counts.clocks > 0 && (
        <>
          <WhatIfFigures whatIf={whatIf} />
          <WhatIfCredits whatIf={whatIf} />
          <WhatIfDifferences whatIf={whatIf} />
        </>
      )}
    </Page>
  )
}

function Counting({ whatIf }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const client = useQueryClient()
  const [failure, setFailure] = useState<unknown>(null)
  const { id, progress, incidents } = whatIf
  async function stop() {
    try {
      client.setQueryData(['what-ifs', id], await call(api.cancelWhatIf, { params: { id } }))
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <>
      <Progress
        label={t('what-if.counting', { progress, incidents: incidents ?? 0 })}
        share={incidents === null ? null : incidents === 0 ? 1 : Math.min(1, progress / incidents)}
        mayLeave
        onStop={() => void stop()}
        stopHint={t('what-if.stop-hint')}
      />
      {failure !== null && <Problem failure={failure} />}
    </>
  )
}

/** Changing the draft and trying again: the draft itself stays as it is. */
function Steps({ whatIf }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const start = useTrying()
  const [busy, setBusy] = useState(false)
  const barred = barredFromTrying(useAsker())
  const { agreement, version, state, from, to, calendar } = whatIf
  if (state === 'computing') return null
  async function again() {
    setBusy(true)
    try {
      const { rules } = calendar
      await start({ versionId: version.id, from, to, ...(rules !== null && { calendarRules: rules }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <LinkButton to="/agreements/new" search={{ of: agreement.id, from: version.id }} main>
        {t('what-if.change')}
      </LinkButton>
      <Button busy={busy} barred={barred && t(barred)} onClick={() => void again()}>
        {t('what-if.again')}
      </Button>
      <LinkButton to="/what-ifs/new" search={{ agreement: agreement.id, version: version.id }}>
        {t('what-if.other-period')}
      </LinkButton>
    </>
  )
}

function Side({ whatIf }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const format = useFormat()
  const { customer, agreement, version, calendar, asOf, requestedBy, requestedAt } = whatIf
  return (
    <SideSection title={t('what-if.facts')}>
      <Facts
        small
        facts={[
          { name: t('what-if.state'), value: <WhatIfState whatIf={whatIf} /> },
          {
            name: t('what-if.customer'),
            value: (
              <Link to="/customers/$id" params={{ id: customer.id }}>
                {customer.name}
              </Link>
            ),
          },
          {
            name: t('what-if.version'),
            value: (
              <Link to="/agreements/$id" params={{ id: agreement.id }}>
                {t('what-if.version-of', { name: agreement.name, number: version.number })}
              </Link>
            ),
          },
          { name: t('what-if.period'), value: periodWords(t, format, whatIf) },
          {
            name: t('what-if.calendar'),
            value: (
              <>
                <Link to="/calendars/$id" params={{ id: calendar.id }}>
                  {calendar.name}
                </Link>
                {calendar.rules !== null && <>, {t('what-if.other-hours')}</>}
              </>
            ),
          },
          ...(asOf ? [{ name: t('what-if.as-of'), value: format.instant(asOf) }] : []),
          ...(requestedBy ? [{ name: t('what-if.asked-by'), value: requestedBy.name }] : []),
          { name: t('what-if.asked-at'), value: format.instant(requestedAt) },
        ]}
      />
      <p className={`${classes.definition} pl-small pl-quiet`}>{t('what-if.definition')}</p>
    </SideSection>
  )
}
