import { Link } from '@tanstack/react-router'
import * as api from '#api/incidents'
import { barredFromWorking, type ClockExplanation } from '#api/incidents'
import { urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { Excluded } from './excluded.tsx'
import classes from './clock-evidence.module.css'

interface ClockEvidenceProps {
  readonly incidentId: string
  readonly told: ClockExplanation
}

/** Whether the result counts, whether it is one of a locked month, and the way to paper and to an exclusion. */
export function ClockEvidence({ incidentId, told }: ClockEvidenceProps) {
  const t = useText()
  const language = useLanguage()
  const mayWork = barredFromWorking(useAsker()) === null
  const { clock, exclusion, asTold, cancelled } = told
  const hasResult = clock.state === 'met' || clock.state === 'breached-stopped'
  const href = urlOf(api.printClockSheet, { params: { id: incidentId, clockId: clock.id }, query: { lang: language } })
  return (
    <div className={classes.evidence}>
      {exclusion && <Excluded exclusion={exclusion} />}
      {cancelled !== null && <p>{cancelled}</p>}
      {asTold && <p>{t('incidents.told.as-told')}</p>}
      <p className="pl-small">
        <a href={href} target="_blank" rel="noreferrer">
          {t('incidents.told.sheet')}
        </a>
        {hasResult && exclusion === null && mayWork && (
          <>
            {' · '}
            <Link to="/corrections/new" search={{ incident: incidentId, clock: clock.id }}>
              {t('incidents.told.leave-out')}
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
