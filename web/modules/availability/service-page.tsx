import { useQueries, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AvailabilityOfService, AvailabilityPromise } from '#api/availability'
import { barredFromManaging, barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Adjustments } from './adjustments.tsx'
import { DowntimeDialog } from './downtime-dialog.tsx'
import { DowntimeTable } from './downtime-table.tsx'
import { GapDialog, GapTable } from './gaps.tsx'
import { MaintenanceDialog, MaintenanceTable } from './maintenance.tsx'
import { MonthFigures } from './month-figures.tsx'
import { PromiseFacts } from './promise-facts.tsx'
import {
  customersQuery,
  downtimesQuery,
  gapsQuery,
  maintenanceQuery,
  monthEdges,
  promisesQuery,
  serviceQuery,
  serviceReportQuery,
} from './queries.ts'
import { useCustomer, useMonth } from './use-month.ts'
import type { Subject } from './subject.ts'
import classes from './service-page.module.css'

const route = getRouteApi('/shell/availability/$serviceId')

/** One service in a month: how it stood against its promise, and everything that is known of it. */
export function ServiceAvailabilityPage() {
  const { serviceId } = route.useParams()
  const search = route.useSearch()
  const { data: service } = useSuspenseQuery(serviceQuery(serviceId))
  const chosen = useCustomer(search.customer ?? service.customerId ?? undefined)
  const { month, current, isOver } = useMonth(search.month, chosen?.timeZone ?? browserZone())
  if (chosen === null) return <WhoseService name={service.name} />
  const subject = { customer: chosen.id, zone: chosen.timeZone, service: serviceId, serviceName: service.name }
  return <ServiceMonth key={chosen.id} subject={subject} month={month} current={current} isOver={isOver} />
}

interface ServiceMonthProps {
  readonly subject: Subject
  readonly month: string
  readonly current: string
  readonly isOver: boolean
}

function ServiceMonth({ subject, month, current, isOver }: ServiceMonthProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { customer, service, zone, serviceName } = subject
  const { data: items } = useSuspenseQuery(serviceReportQuery(customer, service, month))
  const { data: promises = [] } = useQuery(promisesQuery(customer, service))
  const promise = items.at(-1)?.promise ?? null
  const parts = [...new Set(items.flatMap((item) => item.promise.parts.flatMap(({ services }) => services)))]
  const edges = monthEdges(month, zone)
  const of = (id: string) => ({ customer, service: id, ...edges })
  const downtimes = useQueries({ queries: [service, ...parts].map((id) => downtimesQuery(of(id))) })
    .flatMap(({ data = [] }) => data)
    .toSorted((one, other) => other.beganAt.getTime() - one.beganAt.getTime())
  const { data: maintenance = [] } = useQuery(maintenanceQuery(of(service)))
  const { data: gaps = [] } = useQuery(gapsQuery(of(service)))
  const month2 = format.month(month)
  return (
    <Page
      title={titleOf()}
      crumb={
        <Link to="/availability" search={{ customer, month }}>
          {t('availability.title')}
        </Link>
      }
      lede={
        promise && t('availability.service.lede', { customer: promise.customerName, calendar: promise.calendarName })
      }
      actions={
        <>
          <MonthPicker
            label={t('availability.month')}
            value={month}
            max={current}
            onChange={(chosen) =>
              void navigate({ to: '.', search: (before: object) => ({ ...before, month: chosen }), replace: true })
            }
          />
          <Actions subject={subject} noticeMinutes={promise?.noticeMinutes ?? 0} />
        </>
      }
      side={promise && <PromiseFacts promise={promise} promises={promises} subject={subject} />}
    >
      {items.length === 0 && (
        <Empty title={t('availability.service.none', { service: serviceName, month: month2 })}>
          {t('availability.service.none-more')}
        </Empty>
      )}
      {items.map((item) => (
        <MonthFigures
          key={item.promise.id}
          item={item}
          month={month}
          zone={zone}
          isOver={isOver}
          downtimes={downtimes}
          maintenance={maintenance}
          gaps={gaps}
        />
      ))}
      <Section
        title={t('availability.downtimes')}
        hint={t('availability.downtimes-hint', { spare: hasSpare(promise) ? 'yes' : 'no' })}
      >
        <DowntimeTable
          downtimes={downtimes}
          subject={subject}
          label={t('availability.downtimes-in', { month: month2 })}
        />
      </Section>
      <Section title={t('availability.maintenance')} hint={t('availability.maintenance-hint')}>
        <MaintenanceTable
          windows={maintenance}
          zone={zone}
          noticeMinutes={promise?.noticeMinutes ?? 0}
          label={t('availability.maintenance-in', { month: month2 })}
        />
      </Section>
      <Section title={t('availability.gaps')} hint={t('availability.gaps-hint', { blind: promise?.blind ?? 'up' })}>
        <GapTable gaps={gaps} zone={zone} label={t('availability.gaps-in', { month: month2 })} />
      </Section>
      <Adjustments customer={customer} service={service} month={month} />
      {promise !== null && promise.parts.length > 0 && <Parts item={items.at(-1)!} month={month} customer={customer} />}
    </Page>
  )

  function titleOf(): string {
    const item = items.at(-1)
    if (!item || item.met === null) return t('availability.service.title', { service: serviceName, month: month2 })
    return t('availability.service.title-met', {
      service: serviceName,
      month: month2,
      met: item.met ? 'yes' : 'no',
      over: isOver ? 'yes' : 'no',
    })
  }
}

interface ActionsProps {
  readonly subject: Subject
  readonly noticeMinutes: number
}

function Actions({ subject, noticeMinutes }: ActionsProps) {
  const t = useText()
  const navigate = useNavigate()
  const asker = useAsker()
  const [open, setOpen] = useState<'downtime' | 'maintenance' | 'gap' | null>(null)
  const [recording, promising] = [barredFromWorking(asker), barredFromManaging(asker)]
  if (asker.access === 'customer') return null
  const close = () => setOpen(null)
  const why = recording && t(recording)
  return (
    <>
      <Button main onClick={() => setOpen('downtime')} barred={why}>
        {t('availability.record')}
      </Button>
      <Menu button={<Button>{t('availability.more')}</Button>}>
        <MenuItem onClick={() => setOpen('maintenance')} barred={why}>
          {t('availability.announce')}
        </MenuItem>
        <MenuItem onClick={() => setOpen('gap')} barred={why}>
          {t('availability.note-gap')}
        </MenuItem>
        <MenuItem
          onClick={() =>
            void navigate({ to: '/availability/new', search: { customer: subject.customer, service: subject.service } })
          }
          barred={promising && t(promising)}
        >
          {t('availability.promise-anew')}
        </MenuItem>
      </Menu>
      {open === 'downtime' && <DowntimeDialog subject={subject} downtime={null} onClose={close} />}
      {open === 'maintenance' && <MaintenanceDialog subject={subject} noticeMinutes={noticeMinutes} onClose={close} />}
      {open === 'gap' && <GapDialog subject={subject} onClose={close} />}
    </>
  )
}

interface PartsProps {
  readonly item: AvailabilityOfService
  readonly month: string
  readonly customer: string
}

/** What the service is made of: each group is needed, in it so many. */
function Parts({ item: { promise }, month, customer }: PartsProps) {
  const t = useText()
  const names = useQueries({
    queries: promise.parts.flatMap(({ services }) => services).map((id) => serviceQuery(id)),
  }).flatMap(({ data }) => data ?? [])
  return (
    <Section title={t('availability.parts')} hint={t('availability.parts-hint')}>
      {promise.parts.map(({ services, needed }) => (
        <p key={services.join(' ')}>
          {t('availability.parts-needed', { needed, count: services.length })}{' '}
          {services.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <DoorLink to="/availability/$serviceId" params={{ serviceId: id }} search={{ customer, month }}>
                {names.find((each) => each.id === id)?.name ?? '…'}
              </DoorLink>
            </span>
          ))}
        </p>
      ))}
    </Section>
  )
}

/** A service for all, and no customer chosen. */
function WhoseService({ name }: { readonly name: string }) {
  const t = useText()
  const { data: customers = [] } = useQuery(customersQuery())
  return (
    <Page title={name} crumb={<Link to="/availability">{t('availability.title')}</Link>}>
      <Empty title={t('availability.whose', { service: name })}>
        <ul className={classes.lines}>
          {customers.map(({ id, name: customer }) => (
            <li key={id}>
              <Link to="." search={(before: object) => ({ ...before, customer: id })}>
                {customer}
              </Link>
            </li>
          ))}
        </ul>
      </Empty>
    </Page>
  )
}

/** Whether one of its parts may be down without the service being down. */
function hasSpare(promise: AvailabilityPromise | null): boolean {
  return promise?.parts.some(({ services, needed }) => needed < services.length) ?? false
}
