import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ResultPair } from '#web/modules/corrections/index.ts'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { differenceQuery, whatIfQuery } from './queries.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/$id/$position')

/** One clock as it was counted, and as it would have been, beside each other. */
export function WhatIfDifferencePage() {
  const t = useText()
  const format = useFormat()
  const { id, position } = route.useParams()
  const { data: whatIf } = useSuspenseQuery(whatIfQuery(id))
  const { data: told } = useSuspenseQuery(differenceQuery(id, Number(position)))
  const { number, metric, month, before, after, requestId } = told.difference
  const title = t('what-if.clock-of', { number, metric: t(`what-if.metric.${metric}`) })
  return (
    <Page
      title={title}
      lede={t('what-if.both', { month: format.month(month) })}
      crumb={
        <>
          <Link to="/what-ifs">{t('what-if.title')}</Link>
          <Link to="/what-ifs/$id" params={{ id }}>
            {t('what-if.version-of', { name: whatIf.agreement.name, number: whatIf.version.number })}
          </Link>
        </>
      }
    >
      <ResultPair
        name={title}
        before={{ title: t('what-if.side.before'), result: before, told: told.before }}
        after={{
          title: t(whatIf.calendar.rules === null ? 'what-if.side.after' : 'what-if.side.after-hours', {
            number: whatIf.version.number,
          }),
          result: after,
          told: told.after,
        }}
      />
      <p className={classes.way}>
        <Link to={requestId === null ? '/incidents/$id' : '/requests/$id'} params={{ id: number }}>
          {t(requestId === null ? 'what-if.to-incident' : 'what-if.to-order', { number })}
        </Link>
      </p>
    </Page>
  )
}
