import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/organisation'
import type { Finding } from '#api/organisation'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './settings.module.css'

const marks: Readonly<Record<Finding['standing'], Standing>> = { fine: 'met', doubt: 'soon', wrong: 'miss' }
const order: readonly Finding['standing'][] = ['wrong', 'doubt', 'fine']

/** How the installation does, worst first, each with what to do. */
export function HealthPage() {
  const t = useText()
  return (
    <SettingsPage title={t('settings.health.title')} lede={t('settings.health.lede')}>
      <Report />
    </SettingsPage>
  )
}

function healthQuery(language: string) {
  return queryOptions({
    // The server says it, in the language that is spoken.
    queryKey: ['health-report', language],
    queryFn: ({ signal }) => call(api.getHealth, {}, signal),
    staleTime: 30_000,
  })
}

function Report() {
  const t = useText()
  const format = useFormat()
  const { data, refetch, isFetching } = useSuspenseQuery(healthQuery(useLanguage()))
  const findings = data.findings.toSorted((one, other) => order.indexOf(one.standing) - order.indexOf(other.standing))
  const amiss = findings.filter(({ standing }) => standing === 'wrong').length
  const doubts = findings.filter(({ standing }) => standing === 'doubt').length
  return (
    <>
      <p className={classes.verdict}>
        <b>{t('settings.health.verdict', { amiss, doubts })}</b>{' '}
        <span className="pl-quiet">{t('settings.health.at', { when: format.instant(data.at) })}</span>
      </p>
      <ul className={classes.findings}>
        {findings.map(({ code, standing, sentence, todo }) => (
          <li key={code}>
            <State is={marks[standing]}>{t(`settings.health.${standing}`)}</State>
            <div>
              <p>{sentence}</p>
              {todo && <p className="pl-small pl-quiet">{todo}</p>}
            </div>
          </li>
        ))}
      </ul>
      <Buttons>
        <Button busy={isFetching} onClick={() => void refetch()}>
          {t('settings.health.again')}
        </Button>
      </Buttons>
    </>
  )
}
