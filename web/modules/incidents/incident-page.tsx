import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { IncidentPage as IncidentFull } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { CaseSentence } from './case-sentence.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { ConfidentialDialog, ConfidentialFlag } from './confidential.tsx'
import { byConsequence } from './clock-standing.ts'
import { HeldTime } from './held-time-bar.tsx'
import { type Asking, IncidentActions } from './incident-actions.tsx'
import { IncidentArticles } from './incident-articles.tsx'
import { IncidentClock } from './incident-clock.tsx'
import { FindingsDialog } from './findings-dialog.tsx'
import { FilesDialog } from './files-dialog.tsx'
import { IncidentFacts } from './incident-facts.tsx'
import { IncidentFiles } from './incident-files.tsx'
import { OtherResults } from './other-results.tsx'
import { IncidentHistory } from './incident-history.tsx'
import { IncidentLinks } from './incident-links.tsx'
import { IncidentWatchers } from './incident-watchers.tsx'
import { IncidentWork } from './incident-work.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { placeInList } from './list-place.ts'
import { useLiveIncident } from './live.ts'
import { MacroDialog } from './macro-dialog.tsx'
import { MajorFlag } from './major-flag.tsx'
import { NoClock } from './no-clock.tsx'
import { NoteForm } from './note-form.tsx'
import { Presence } from './presence.tsx'
import { incidentQuery } from './queries.ts'
import { RateDialog } from './rate-dialog.tsx'
import { StepDialog } from './step-dialog.tsx'
import { asks } from './steps.ts'
import { useNow } from './use-now.ts'
import { usePastedFiles } from './use-pasted-files.ts'
import { useDirectStep } from './use-steps.ts'
import { choice } from './words.ts'
import classes from './incident-page.module.css'

const route = getRouteApi('/shell/incidents/$id')

/** One incident: what is the case, how its clocks came about, what is known, what happened. */
export function IncidentPage() {
  const { id } = route.useParams()
  const { data: incident } = useSuspenseQuery(incidentQuery(id))
  // Another incident is another page: nothing that is open over this one stays.
  return <OneIncident key={incident.id} incident={incident} />
}

function OneIncident({ incident }: { readonly incident: IncidentFull }) {
  const t = useText()
  const now = useNow()
  const inside = barredFromInside(useAsker()) === null
  const { note } = route.useSearch()
  const [asking, setAsking] = useState<Asking | null>(note === 'add' && inside ? 'note' : null)
  const { busy, problem, run } = useDirectStep(incident)
  useLiveIncident(incident.id)
  const [pasted, setPasted] = useState<readonly File[]>([])
  const add = (files: readonly File[] = []) => {
    setPasted(files)
    setAsking('files')
  }
  usePastedFiles(add, asking === null)
  const zone = incident.site?.timeZone ?? incident.customer.timeZone
  const clocks = byConsequence(incident.clocks.filter(({ state }) => state !== 'cancelled' && state !== 'not-started'))
  // What is closed late does not close what was opened since.
  const closing = (what: Asking) => () => setAsking((open) => (open === what ? null : open))
  const number = incident.sourceNumber ? `${incident.number} (${incident.sourceNumber})` : incident.number
  return (
    <Page
      title={`${incident.number} ${incident.title}`}
      heading={
        <>
          <bdi>{incident.title}</bdi> <span className={classes.number}>{number}</span>
        </>
      }
      lede={<CaseSentence incident={incident} now={now} zone={zone} />}
      crumb={<Crumb number={incident.number} />}
      actions={<IncidentActions incident={incident} busy={busy} onStep={run} onAsk={setAsking} />}
      side={
        <>
          <IncidentFacts incident={incident} zone={zone} />
          <IncidentWork incident={incident} zone={zone} />
          <IncidentFiles incident={incident} onAdd={() => add()} />
          <IncidentArticles incident={incident} />
          <IncidentLinks incident={incident} onAdd={() => setAsking('link')} />
          <IncidentWatchers incident={incident} />
          <WhatFollows origin={{ kind: 'incident', id: incident.id }} customer={incident.customer.id} />
        </>
      }
    >
      {problem !== null && (
        <Problem failure={problem}>{t('incidents.step.stands', { state: choice(incident.state) })}</Problem>
      )}
      <Presence incident={incident.id} writing={asking === 'note'} />
      <MajorFlag incident={incident.number} />
      {inside && <ConfidentialFlag incident={incident} />}
      {incident.description !== '' && <Description text={incident.description} />}
      {clocks.length === 0 && <NoClock incident={incident} zone={zone} onChange={() => setAsking('change')} />}
      {clocks.map((clock, index) => (
        <Fragment key={clock.id}>
          <IncidentClock incidentId={incident.number} clock={clock} now={now} zone={zone} leads={index === 0} />
          {inside && <HeldTime incident={incident} clock={clock} zone={zone} leads={index === 0} />}
        </Fragment>
      ))}
      <OtherResults incident={incident} zone={zone} />
      {incident.resolution && (incident.state === 'resolved' || incident.state === 'closed') && (
        <section className={classes.block}>
          <h2>{t('incidents.resolution')}</h2>
          <p className={classes.text}>{incident.resolution}</p>
        </section>
      )}
      <section className={classes.block}>
        {asking === 'note' && <NoteForm incident={incident} onClose={closing('note')} />}
        <IncidentHistory incident={incident} zone={zone} />
      </section>
      {asking !== null &&
        asking !== 'note' &&
        asking !== 'rate' &&
        asking !== 'assign' &&
        asking !== 'change' &&
        asking !== 'link' &&
        asking !== 'files' &&
        asking !== 'macro' &&
        asking !== 'findings' &&
        asking !== 'confidential' &&
        asks(asking) && <StepDialog incident={incident} step={asking} onClose={closing(asking)} />}
      {asking === 'rate' && <RateDialog incident={incident} onClose={closing('rate')} />}
      {asking === 'assign' && <AssignDialog incident={incident} onClose={closing('assign')} />}
      {asking === 'change' && <ChangeDialog incident={incident} onClose={closing('change')} />}
      {asking === 'files' && <FilesDialog incident={incident} first={pasted} onClose={closing('files')} />}
      {asking === 'macro' && <MacroDialog incident={incident} onClose={closing('macro')} />}
      {asking === 'findings' && <FindingsDialog incident={incident} zone={zone} onClose={closing('findings')} />}
      {asking === 'confidential' && <ConfidentialDialog incident={incident} onClose={closing('confidential')} />}
      {asking === 'link' && <LinkDialog incident={incident} onClose={closing('link')} />}
    </Page>
  )
}

/** Back to the list, where in it this is, and on to the next. */
function Crumb({ number }: { readonly number: string }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const place = placeInList(client, number)
  const go = (to: string | null | undefined) => {
    if (to) void navigate({ to: '/incidents/$id', params: { id: to } })
  }
  useKeys(
    t('incidents.list.keys'),
    [
      { keys: 'j', label: t('incidents.next'), run: () => go(place?.after) },
      { keys: 'k', label: t('incidents.before'), run: () => go(place?.before) },
    ],
    place !== null,
  )
  useKeys(t('incidents.list.keys'), [
    {
      keys: 'u',
      label: t('incidents.back'),
      run: () => void navigate({ to: '/incidents', ...(place && { search: place.search }) }),
    },
  ])
  return (
    <>
      <Link to="/incidents" {...(place && { search: place.search })}>
        {t('incidents.title')}
      </Link>
      {place && (
        <>
          <span>
            {t('incidents.place', { position: place.position, count: place.count, more: place.more ? 'yes' : 'no' })}
          </span>
          <span className={classes.keys} aria-hidden>
            <Kbd keys="j k" />
          </span>
        </>
      )}
    </>
  )
}

/** What was reported, its beginning; the rest when it is asked for. */
function Description({ text }: { readonly text: string }) {
  const t = useText()
  const [whole, setWhole] = useState(false)
  const long = text.length > 400 || text.split('\n').length > 4
  return (
    <div className={classes.described}>
      <p className={`${classes.text} ${long && !whole ? classes.clamped : ''}`}>{text}</p>
      {long && (
        <TextButton aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {t(whole ? 'incidents.description.less' : 'incidents.description.more')}
        </TextButton>
      )}
    </div>
  )
}
