import { localAt } from '#core/zone.ts'
import { type Arrival, arrivalsOf } from './arrivals.ts'
import type { Level, Priority, SampleSite, TeamKey } from './company.ts'
import { languageAt } from './customers.ts'
import { type Course, HOUR_MS } from './course.ts'
import { type Fate, live } from './life.ts'
import { type Misses, missesOf } from './misses.ts'
import { type Random, randomOf } from './random.ts'
import { restoredAt, storiesOf, type Story } from './stories.ts'
import type { Subject } from './subjects/subject.ts'
import { chronicle, type SampleTicket, ticketOf } from './ticket.ts'
import { type Channel, wordingOf } from './wording.ts'
import { type SamplePlan, type SampleWorld, worldOf } from './world.ts'

const withoutAgreement: Readonly<Record<Level, Readonly<Record<Level, Priority>>>> = {
  high: { high: 'p1', medium: 'p2', low: 'p3' },
  medium: { high: 'p2', medium: 'p3', low: 'p4' },
  low: { high: 'p3', medium: 'p4', low: 'p5' },
}

/** The tickets of a plan in the order of their opening. The same plan gives the same tickets; nothing else enters. */
export function* ticketsOf(plan: SamplePlan): Generator<SampleTicket> {
  const { seed, from, to, company, tickets } = plan
  const random = randomOf(`${seed}/tickets`)
  const world = worldOf(plan)
  const misses = missesOf(randomOf(`${seed}/misses`))
  const stories = storiesOf(from, to)
  const told = new Set<Story>()
  const arrivals = arrivalsOf({
    count: tickets,
    from,
    to,
    sites: company.sites,
    holidays: ({ place }) => plan.holidays(place),
    stories,
    random: randomOf(`${seed}/arrivals`),
  })
  for (const arrival of arrivals) {
    // Whoever watches over the sign-in is the first to see its failure.
    const declared = arrival.story?.key === 'outage' && !told.has(arrival.story)
    if (arrival.story !== null) told.add(arrival.story)
    yield ticket(arrival, { random, world, misses, stories, to, declared })
  }
}

interface Telling {
  readonly random: Random
  readonly world: SampleWorld
  readonly misses: Misses
  readonly stories: readonly Story[]
  readonly to: number
  readonly declared: boolean
}

function ticket({ at, site, story }: Arrival, telling: Telling): SampleTicket {
  const { random, world, misses, to, declared } = telling
  const { service, subject } =
    story === null ? whatBreaks(random, world, site) : { service: world.service(story.service), subject: story.subject }
  const channel =
    declared || (story === null && random.chance(subject.monitored ?? 0))
      ? 'monitoring'
      : channelOf(random, { subject, site, at })
  const requester = channel === 'monitoring' ? null : whoReports(random, world, site)
  const promised = world.promised(site, service, at)
  const { impact, urgency } = rated(random, subject, declared)
  const priority = (promised?.matrix ?? withoutAgreement)[impact][urgency]
  const { language, title, description, resolutions } = wordingOf({
    random,
    subject,
    site,
    channel,
    language: languageAt(site),
    requester,
    at,
    urgent: urgency === 'high',
  })
  const log = chronicle()
  const worse = troubled({ at, site, subject }, telling.stories)
  const about = { customer: site.customer, priority, at }
  const fate: Fate = {
    subject,
    channel,
    rating: { impact, urgency, priority },
    promised,
    resolutions,
    responds: misses.next({ ...about, metric: 'response', factor: Math.min(worse, 2) }) ? 'late' : 'in-time',
    resolves: misses.next({ ...about, metric: 'resolution', factor: worse }) ? 'late' : 'in-time',
    desk: deskAt(random, at),
    solver: subject.team === 'field' ? site.fieldTeam : subject.team,
    solvedAt: story?.key === 'outage' ? restoredAt(story) : null,
    declared,
  }
  const course: Course = {
    random,
    world,
    log,
    site,
    language,
    requester,
    open: promised?.open ?? world.teamHours('workplace'),
    pausedBy: promised?.pausedBy ?? [],
    urgent: priority === 'p1' || priority === 'p2',
    subject,
    at,
    counted: 0,
    team: fate.desk,
    agent: null,
  }
  live(course, fate)
  return ticketOf(
    {
      customerId: world.customer(site.customer).id,
      title,
      description,
      category: subject.category,
      channel,
      siteId: site.id,
      serviceId: service.id,
      requesterId: requester?.id ?? null,
    },
    log.facts,
    to,
  )
}

function whatBreaks(random: Random, world: SampleWorld, site: SampleSite) {
  const { items, weights } = world.breakables(site)
  const { service, subjects, weights: ofSubjects } = items[random.weighted(weights)]!
  return { service, subject: subjects[random.weighted(ofSubjects)]! }
}

const channels = ['portal', 'mail', 'phone', 'chat', 'walk-up'] as const
const byDesk = [0.36, 0.2, 0.27, 0.12, 0.05]
const onTheFloor = [0.25, 0.13, 0.46, 0.05, 0.11]

function channelOf(
  random: Random,
  { subject, site, at }: { readonly subject: Subject; readonly site: SampleSite; readonly at: number },
): Channel {
  const { type, timeZone } = site
  const hour = Math.floor((localAt(timeZone, at) % (24 * HOUR_MS)) / HOUR_MS)
  const weights = type === 'office' || type === 'headquarters' || type === 'hub' ? byDesk : onTheFloor
  const channel = channels[random.weighted(weights)]!
  // The service point is open by day.
  if (channel === 'walk-up' && (hour < 7 || hour > 16)) return 'phone'
  return subject.notBy?.some((barred) => barred === channel) ? 'phone' : channel
}

/** Some report more than others. */
function whoReports(random: Random, world: SampleWorld, site: SampleSite) {
  const people = world.requesters(site)
  return people[Math.floor(random.next() ** 1.6 * people.length)]!
}

function rated(
  random: Random,
  { reach, pressing }: Subject,
  declared: boolean,
): { readonly impact: Level; readonly urgency: Level } {
  if (declared) return { impact: 'high', urgency: 'high' }
  const luck = random.next()
  const impact: Level =
    reach === 'site'
      ? luck < 0.8
        ? 'high'
        : 'medium'
      : reach === 'group'
        ? luck < 0.72
          ? 'medium'
          : luck < 0.98
            ? 'low'
            : 'high'
        : luck < 0.93
          ? 'low'
          : 'medium'
  const press = pressing + 0.17 * random.normal()
  return { impact, urgency: press > 0.67 ? 'high' : press > 0.3 ? 'medium' : 'low' }
}

/** The European desk by day, the Indian one by night, and some of each in between. */
function deskAt(random: Random, at: number): TeamKey {
  const hour = Math.floor((localAt('Europe/Warsaw', at) % (24 * HOUR_MS)) / HOUR_MS)
  return random.chance(hour >= 6 && hour < 21 ? 0.9 : 0.05) ? 'desk-poznan' : 'desk-bengaluru'
}

const FOUR_WEEKS_MS = 28 * 24 * HOUR_MS

/** How much likelier a miss is than usual: in and after the weeks in which Hamburg's scanners lost their network. */
function troubled(
  { at, site, subject }: { readonly at: number; readonly site: SampleSite; readonly subject: Subject },
  stories: readonly Story[],
): number {
  const story = stories.find(({ key }) => key === 'roaming')
  if (story === undefined || at < story.from || site.customer !== 'NHL') return 1
  if (at >= story.to + FOUR_WEEKS_MS) return 0.7
  if (at >= story.to) return subject.key.startsWith('scanner') ? 1.6 : 1
  if (subject === story.subject) return 4.5
  // Whoever fights the one fire is missing elsewhere.
  return site.key === 'hamburg' && subject.team === 'network' ? 2.5 : 1.3
}
