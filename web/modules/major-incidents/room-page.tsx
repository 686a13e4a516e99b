import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { MajorIncidentPage } from '#api/major-incidents'
import { barredFromInside } from '#core/may.ts'
import { useIncidentEvents } from '#web/modules/incidents/index.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Tab, Tabs } from '#web/ui/chips.tsx'
import { Page } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { Children } from './children.tsx'
import { Composer } from './composer.tsx'
import { CostDialog } from './cost-dialog.tsx'
import { ImpactDialog } from './impact-dialog.tsx'
import { Decisions, Hypotheses } from './log-sections.tsx'
import { majorIncidentQuery } from './queries.ts'
import { Reports } from './reports.tsx'
import { RolesDialog } from './roles-dialog.tsx'
import { type Asked, RoomActions } from './room-actions.tsx'
import { RoomSide } from './room-side.tsx'
import { StateSteps } from './state-steps.tsx'
import { StepDialog } from './step-dialog.tsx'
import { RoomTimeline } from './timeline.tsx'
import { sinceOf, zoneOf } from './words.ts'
import classes from './room.module.css'

const route = getRouteApi('/shell/major-incidents/$id')

/** The room of a major incident: what is the case, the next step, the next word that is owed, and everything that happened. */
export function RoomPage() {
  const { id } = route.useParams()
  const { data: major } = useSuspenseQuery(majorIncidentQuery(id))
  return <Room key={major.id} major={major} />
}

function Room({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const { show } = route.useSearch()
  const inside = barredFromInside(useAsker()) === null
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  useLive(major)
  const { incident } = major
  return (
    <Page
      title={`${t('major-incidents.one')}: ${incident.title}`}
      heading={
        <>
          <bdi>{incident.title}</bdi> <span className={classes.number}>{incident.number}</span>
        </>
      }
      lede={<Sentence major={major} />}
      crumb={
        <>
          <Link to="/major-incidents">{t('major-incidents.title')}</Link>
          <Link to="/incidents/$id" params={{ id: incident.number }}>
            {incident.number}
          </Link>
        </>
      }
      actions={inside && <RoomActions major={major} onAsk={setAsked} writing={asked === 'update'} />}
      side={
        <>
          <RoomSide major={major} onAsk={setAsked} />
          <WhatFollows origin={{ kind: 'major-incident', id: major.id }} customer={major.customer.id} />
        </>
      }
    >
      <StateSteps major={major} />
      {asked === 'update' && <Composer major={major} onClose={close} />}
      {inside && (
        <Tabs label={t('major-incidents.parts')}>
          <Tab
            to="/major-incidents/$id"
            params={{ id: major.id }}
            search={{}}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {t('major-incidents.part.room')}
          </Tab>
          <Tab
            to="/major-incidents/$id"
            params={{ id: major.id }}
            search={{ show: 'children' }}
            activeOptions={{ includeSearch: true }}
          >
            {t('major-incidents.part.children', { count: major.children.all })}
          </Tab>
          <Tab
            to="/major-incidents/$id"
            params={{ id: major.id }}
            search={{ show: 'reports' }}
            activeOptions={{ includeSearch: true }}
          >
            {t('major-incidents.part.reports')}
          </Tab>
        </Tabs>
      )}
      {show === 'children' && inside && <Children major={major} />}
      {show === 'reports' && inside && <Reports major={major} />}
      {show === undefined && (
        <>
          {inside && <Hypotheses major={major} />}
          {inside && <Decisions major={major} />}
          <RoomTimeline major={major} />
        </>
      )}
      {asked === 'roles' && <RolesDialog major={major} onClose={close} />}
      {asked === 'cost' && <CostDialog major={major} onClose={close} />}
      {asked === 'impact' && <ImpactDialog major={major} onClose={close} />}
      {asked !== null && typeof asked === 'object' && <StepDialog major={major} to={asked.to} onClose={close} />}
    </Page>
  )
}

/** What, where, since when, who leads. */
function Sentence({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const now = useNow(30_000)
  const inside = barredFromInside(useAsker()) === null
  const since = sinceOf(major)
  const { services, sites, commander, restoredAt, affectedUsers } = major
  const until = restoredAt ?? now
  return (
    <Text
      id="major-incidents.sentence"
      values={{
        what:
          services.length === 0 ? t('major-incidents.unknown-service') : format.list(services.map(({ name }) => name)),
        where: sites.length === 0 ? 'no' : 'yes',
        sites: format.list(sites.map(({ name }) => name)),
        customer: major.customer.name,
        since: format.timeNear(since, now, zoneOf(major)),
        duration: format.duration(until.getTime() - since.getTime()),
        over: restoredAt === null ? 'no' : 'yes',
        leads: inside ? (commander === null ? 'nobody' : 'somebody') : 'hidden',
        commander: commander?.name ?? '',
        users: affectedUsers === null ? 'unknown' : 'known',
        count: affectedUsers === null ? '' : format.number(affectedUsers),
        inside: inside ? 'yes' : 'no',
      }}
      components={{ b: <b /> }}
    />
  )
}

/** What happens to its incident is shown as it happens. */
function useLive({ id, incident }: MajorIncidentPage): void {
  const client = useQueryClient()
  useIncidentEvents(
    useCallback(
      (changed, much) => {
        if (!much && !changed.some((each) => each.id === incident.id)) return
        void client.invalidateQueries({ queryKey: ['major-incidents', 'one', id] })
      },
      [client, id, incident.id],
    ),
  )
}
