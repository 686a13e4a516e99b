import { instantAt, localAt } from '#core/zone.ts'
import type { Language, ServiceKey } from './company.ts'
import type { Random } from './random.ts'

/** What is promised about a service being there. */
export interface SamplePromise {
  readonly customer: string
  readonly service: ServiceKey
  readonly calendar: string
  /** Parts per million. */
  readonly targetPpm: number
  readonly noticeDays: number
  readonly basis: 'service' | 'users'
  readonly blind: 'up' | 'down'
  readonly parts: readonly { readonly services: readonly ServiceKey[]; readonly needed: number }[]
  /** People who use it. */
  readonly users: number
  /** In minutes: half of its downtimes are shorter. */
  readonly medianMinutes: number
}

const alone = { noticeDays: 5, basis: 'service', blind: 'up', parts: [] } as const

export const availabilityPromises: readonly SamplePromise[] = [
  {
    ...alone,
    customer: 'NHL',
    service: 'warehouse',
    calendar: 'warehouse',
    targetPpm: 999_000,
    users: 840,
    medianMinutes: 11,
  },
  {
    ...alone,
    customer: 'NHL',
    service: 'scanning',
    calendar: 'warehouse',
    targetPpm: 998_000,
    users: 620,
    medianMinutes: 38,
    basis: 'users',
  },
  {
    ...alone,
    customer: 'NHL',
    service: 'customs',
    calendar: 'always',
    targetPpm: 995_000,
    users: 60,
    medianMinutes: 55,
  },
  {
    ...alone,
    customer: 'ALF',
    service: 'production',
    calendar: 'shifts',
    targetPpm: 998_000,
    users: 310,
    medianMinutes: 17,
  },
  {
    ...alone,
    customer: 'ALF',
    service: 'weighing',
    calendar: 'shifts',
    targetPpm: 995_000,
    users: 180,
    medianMinutes: 40,
  },
  {
    ...alone,
    customer: 'VIS',
    service: 'lab',
    calendar: 'laboratory',
    targetPpm: 999_000,
    users: 240,
    medianMinutes: 9,
    blind: 'down',
  },
  {
    ...alone,
    customer: 'VIS',
    service: 'results',
    calendar: 'always',
    targetPpm: 995_000,
    users: 900,
    medianMinutes: 21,
    // The results leave by mail or as a file.
    parts: [
      { services: ['lab'], needed: 1 },
      { services: ['email', 'files'], needed: 1 },
    ],
  },
  {
    ...alone,
    customer: 'BWR',
    service: 'tills',
    calendar: 'shops',
    targetPpm: 998_000,
    users: 480,
    medianMinutes: 26,
    basis: 'users',
  },
  {
    ...alone,
    customer: 'BWR',
    service: 'payment',
    calendar: 'shops',
    targetPpm: 999_500,
    users: 480,
    medianMinutes: 6,
  },
  {
    ...alone,
    customer: 'SHQ',
    service: 'finance',
    calendar: 'house',
    targetPpm: 995_000,
    users: 95,
    medianMinutes: 30,
  },
]

/** A grave incident of the service, from which its downtime was known. */
export interface GraveIncident {
  readonly id: string
  readonly openedAt: Date
  readonly resolvedAt: Date
}

interface SampleDowntime {
  readonly incident: string
  readonly beganAt: Date
  readonly endedAt: Date
  readonly severity: 'down' | 'degraded' | 'impaired'
  readonly usersHit: number
  readonly usersAll: number
  readonly source: 'monitoring' | 'report'
  readonly cause: string
}

interface SampleWindow {
  readonly title: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly announcedAt: Date
}

interface SampleGap {
  readonly beganAt: Date
  readonly endedAt: Date
  readonly why: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** When a service was down: of the grave incidents of each month none, one or two were an outage of the whole. */
export function downtimesOf(
  { users, medianMinutes }: SamplePromise,
  incidents: readonly GraveIncident[],
  { language, random }: { readonly language: Language; readonly random: Random },
): readonly SampleDowntime[] {
  const months = Map.groupBy(incidents, ({ openedAt }) => openedAt.toISOString().slice(0, 7))
  return [...months.values()].flatMap((those) => {
    const chosen = Math.min(those.length, random.weighted([3, 4, 2.5]))
    return those.slice(0, chosen).map(({ id, openedAt, resolvedAt }): SampleDowntime => {
      const source = random.chance(0.65) ? 'monitoring' : 'report'
      const before = source === 'monitoring' ? random.whole(2, 9) : random.whole(0, 2)
      const beganAt = new Date(minuteOf(openedAt) - before * MINUTE_MS)
      const minutes = Math.max(3, Math.round(random.lognormal(medianMinutes, 0.9)))
      const latest = Math.max(minuteOf(resolvedAt), beganAt.getTime() + 3 * MINUTE_MS)
      return {
        incident: id,
        beganAt,
        // What was up again is resolved at last, often long after.
        endedAt: new Date(Math.min(beganAt.getTime() + minutes * MINUTE_MS, latest)),
        severity: (['down', 'degraded', 'impaired'] as const)[random.weighted([70, 22, 8])]!,
        usersHit: Math.round(users * random.pick([1, 1, 0.75, 0.5, 0.3])),
        usersAll: users,
        source,
        cause: random.pick(causes)[language],
      }
    })
  })
}

/** Maintenance of a service on the third Saturday evening of every second month, now and then announced too late. */
export function maintenanceOf(
  { noticeDays }: SamplePromise,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: Date },
  { zone, language, random }: { readonly zone: string; readonly language: Language; readonly random: Random },
): readonly SampleWindow[] {
  const windows: SampleWindow[] = []
  const first = random.whole(0, 1)
  for (const [index, month] of monthsBetween(from, to + 40 * DAY_MS, zone).entries()) {
    const late = random.chance(0.12)
    const { title, hours } = random.pick(works)
    const hour = random.whole(18, 20)
    if (index % 2 !== first) continue
    const startsAt = new Date(instantAt(zone, thirdSaturday(month) + hour * HOUR_MS))
    const announced =
      startsAt.getTime() - (late ? Math.max(1, noticeDays - 3) : noticeDays + random.whole(4, 12)) * DAY_MS
    const announcedAt = new Date(announced - 5 * HOUR_MS)
    if (startsAt.getTime() < from || announcedAt > now) continue
    windows.push({
      title: title[language],
      startsAt,
      endsAt: new Date(startsAt.getTime() + hours * HOUR_MS),
      announcedAt,
    })
  }
  return windows
}

/** When nobody watched: some hours of a few months. */
export function gapsOf(
  { from, to }: { readonly from: number; readonly to: number },
  { zone, language, random }: { readonly zone: string; readonly language: Language; readonly random: Random },
): readonly SampleGap[] {
  return monthsBetween(from, to, zone).flatMap((month): readonly SampleGap[] => {
    const begins = instantAt(zone, month + random.whole(0, 26) * DAY_MS + random.whole(1, 17) * HOUR_MS)
    const [minutes, why] = [random.whole(35, 310), random.pick(reasons)]
    if (!random.chance(0.18) || begins < from || begins + minutes * MINUTE_MS > to) return []
    return [{ beganAt: new Date(begins), endedAt: new Date(begins + minutes * MINUTE_MS), why: why[language] }]
  })
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
}

/** First days of the months that touch the period, as local midnights. */
function monthsBetween(from: number, to: number, zone: string): readonly number[] {
  const [first, end] = [new Date(localAt(zone, from)), localAt(zone, to)]
  const months: number[] = []
  for (let index = 0; ; index++) {
    const month = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1)
    if (month >= end) return months
    months.push(month)
  }
}

function thirdSaturday(month: number): number {
  const toSaturday = (6 - new Date(month).getUTCDay() + 7) % 7
  return month + (toSaturday + 14) * DAY_MS
}

const causes: readonly Readonly<Record<Language, string>>[] = [
  { en: 'The database ran out of connections', de: 'Die Datenbank hatte keine freien Verbindungen mehr' },
  { en: 'A certificate had expired', de: 'Ein Zertifikat war abgelaufen' },
  { en: 'A release was taken back', de: 'Eine neue Version wurde zurückgenommen' },
  { en: 'A switch in the data centre failed', de: 'Ein Switch im Rechenzentrum fiel aus' },
  { en: 'The disk of the application server was full', de: 'Die Platte des Anwendungsservers war voll' },
  { en: 'The carrier’s line was interrupted', de: 'Die Leitung des Anbieters war unterbrochen' },
  { en: 'A nightly job ran into the morning', de: 'Ein nächtlicher Lauf dauerte bis in den Morgen' },
  { en: 'The cluster switched over and did not come back', de: 'Der Cluster schaltete um und kam nicht zurück' },
]

const works: readonly { readonly title: Readonly<Record<Language, string>>; readonly hours: number }[] = [
  { title: { en: 'Patches of the operating system', de: 'Aktualisierung des Betriebssystems' }, hours: 3 },
  { title: { en: 'New version of the application', de: 'Neue Version der Anwendung' }, hours: 4 },
  { title: { en: 'Reorganisation of the database', de: 'Reorganisation der Datenbank' }, hours: 2 },
  { title: { en: 'Change of network components', de: 'Tausch von Netzkomponenten' }, hours: 3 },
]

const reasons: readonly Readonly<Record<Language, string>>[] = [
  { en: 'The probe’s certificate had expired', de: 'Das Zertifikat der Messstelle war abgelaufen' },
  { en: 'Monitoring moved to a new server', de: 'Umzug der Überwachung auf einen neuen Server' },
  { en: 'The probe’s line was interrupted', de: 'Die Leitung der Messstelle war unterbrochen' },
]
