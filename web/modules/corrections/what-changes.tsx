import { useQuery } from '@tanstack/react-query'
import type { Change, Correction } from '#api/corrections'
import { clockTime } from '#core/calendar-rules.ts'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { dateWords } from './correction-words.ts'
import { useFactWords } from './fact-words.ts'
import { LateFact } from './late-fact.tsx'
import { useOrderFactWords } from './order-fact-words.ts'
import { agreementQuery, factsQuery, incidentQuery, orderFactsQuery, orderQuery, servicesQuery } from './queries.ts'

/** An address opens, in another window; everything else is words. */
export function Evidence({ text }: { readonly text: string }) {
  if (!/^https?:\/\/\S+$/i.test(text)) return text
  return (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  )
}

/** What exactly is changed: as it is recorded, and as it is said to have been. */
export function WhatChanges({ correction: { change, about } }: { readonly correction: Correction }) {
  if (change === null || about === null) return null
  switch (change.kind) {
    case 'late-holiday':
      return <Day change={change} />
    case 'corrected-timestamp':
    case 'disputed-pause':
      return <Fact change={change} />
    case 'late-pause':
      return <LatePause change={change} />
    case 'wrong-agreement':
      return <Service change={change} />
    case 'order-agreement':
      return <OrderService change={change} />
    case 'back-dated-contract':
      return <Version change={change} />
    case 'availability':
      return <LateFact change={change} />
    case 'order-timestamp':
    case 'order-pause':
      return <OrderFact change={change} />
    case 'order-exclusion':
    case 'exclusion':
      break
  }
  return <Exclusion change={change} />
}

type Of<Kind extends Change['kind']> = { readonly change: Extract<Change, { readonly kind: Kind }> }

function Day({ change: { date, windows, label } }: Of<'late-holiday'>) {
  const t = useText()
  const format = useFormat()
  const hours = windows.map(({ opens, closes }) => `${clockTime(opens)}–${clockTime(closes)}`)
  return (
    <Facts
      facts={[
        { name: t('corrections.new.date'), value: dateWords(format, date) },
        {
          name: t('corrections.new.hours'),
          value: hours.length === 0 ? t('corrections.new.closed') : format.list(hours),
        },
        ...(label === '' ? [] : [{ name: t('corrections.new.label'), value: label }]),
      ]}
    />
  )
}

function Fact({ change }: Of<'corrected-timestamp' | 'disputed-pause'>) {
  const t = useText()
  const format = useFormat()
  const words = useFactWords()
  const { data: facts } = useQuery(factsQuery(change.incident))
  const { data: incident } = useQuery(incidentQuery(change.incident))
  const fact = facts?.find(({ id }) => id === change.fact)
  if (fact === undefined || incident === undefined) return null
  const zone = incident.site?.timeZone ?? incident.customer.timeZone
  return (
    <Facts
      facts={[
        { name: t('corrections.new.recorded'), value: `${words(fact)}, ${format.instant(fact.occurredAt, zone)}` },
        change.kind === 'corrected-timestamp'
          ? { name: t('corrections.new.really'), value: format.instant(change.occurredAt, zone) }
          : { name: t('corrections.new.waited-for'), value: t(`corrections.wait.${change.waitedFor}`) },
      ]}
    />
  )
}

function LatePause({ change: { incident: id, from, to, waitedFor } }: Of<'late-pause'>) {
  const t = useText()
  const format = useFormat()
  const { data: incident } = useQuery(incidentQuery(id))
  if (incident === undefined) return null
  const zone = incident.site?.timeZone ?? incident.customer.timeZone
  return (
    <Facts
      facts={[
        { name: t('corrections.new.waited-from'), value: format.instant(from, zone) },
        { name: t('corrections.new.waited-to'), value: format.instant(to, zone) },
        { name: t('corrections.new.waited-for'), value: t(`corrections.wait.${waitedFor}`) },
      ]}
    />
  )
}

function OrderFact({ change }: Of<'order-timestamp' | 'order-pause'>) {
  const t = useText()
  const format = useFormat()
  const words = useOrderFactWords()
  const { data: facts } = useQuery(orderFactsQuery(change.request))
  const { data: request } = useQuery(orderQuery(change.request))
  const fact = facts?.find(({ id }) => id === change.fact)
  if (fact === undefined || request === undefined) return null
  const zone = request.customer.timeZone
  return (
    <Facts
      facts={[
        { name: t('corrections.new.recorded'), value: `${words(fact)}, ${format.instant(fact.occurredAt, zone)}` },
        change.kind === 'order-timestamp'
          ? { name: t('corrections.new.really'), value: format.instant(change.occurredAt, zone) }
          : { name: t('corrections.new.waited-for'), value: t(`corrections.side-of.${change.waitedFor}`) },
      ]}
    />
  )
}

function Service({ change }: Of<'wrong-agreement'>) {
  const t = useText()
  const { data: incident } = useQuery(incidentQuery(change.incident))
  const { data: services } = useQuery({
    ...servicesQuery(incident?.customer.id ?? ''),
    enabled: incident !== undefined,
  })
  const name = services?.find(({ id }) => id === change.service)?.name ?? '–'
  return (
    <Facts
      facts={[
        {
          name: t('corrections.new.service-right'),
          value: change.service === null ? t('corrections.new.no-service') : name,
        },
      ]}
    />
  )
}

function OrderService({ change }: Of<'order-agreement'>) {
  const t = useText()
  const { data: request } = useQuery(orderQuery(change.request))
  const { data: services } = useQuery({
    ...servicesQuery(request?.customer.id ?? ''),
    enabled: request !== undefined,
  })
  const name = services?.find(({ id }) => id === change.service)?.name ?? '–'
  return (
    <Facts
      facts={[
        {
          name: t('corrections.new.order-service-right'),
          value: change.service === null ? t('corrections.new.no-service') : name,
        },
      ]}
    />
  )
}

function Version({ change }: Of<'back-dated-contract'>) {
  const t = useText()
  const format = useFormat()
  const { data: agreement } = useQuery(agreementQuery(change.agreement))
  const version = agreement?.versions.find(({ id }) => id === change.version)
  if (version === undefined) return null
  return (
    <Facts
      facts={[
        {
          name: t('corrections.new.version'),
          value: t('corrections.new.version-from', { number: version.number, day: format.day(version.validFrom) }),
        },
      ]}
    />
  )
}

function Exclusion({ change }: Of<'exclusion' | 'order-exclusion'>) {
  const t = useText()
  return (
    <Facts
      facts={[{ name: t('corrections.new.excluded-for'), value: t(`corrections.excluded.${change.excludedFor}`) }]}
    />
  )
}
