import { expect, inject, vi } from 'vitest'
import { ADMIN } from './program.ts'

interface Identified {
  readonly id: string
}

async function call<T>(method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
  const { url, token } = inject('program')
  const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}`).toBe(true)
  return (await reply.json()) as T
}

async function firstOf(path: string): Promise<string> {
  return (await call<{ items: Identified[] }>('GET', path)).items[0]!.id
}

/** A file whose reading is to be looked at. */
async function aFileToRead(): Promise<string> {
  const file = 'number,opened_at,incident_state\nINC1,2026-04-20 16:00,New\nINC2,3/4/2026 16:00,-100\n'
  const added = { source: 'servicenow', fileName: 'a-year-of-incidents.csv', size: file.length }
  const { id } = await call<Identified>('POST', '/imports', JSON.stringify(added))
  await call('PUT', `/imports/${id}/file`, file, 'application/octet-stream')
  return id
}

/** A review; by the time that it is looked at last it is made. */
async function aReview(customer: string): Promise<string> {
  const month = new Date(Date.now() - 35 * 86_400_000).toISOString().slice(0, 7)
  const order = JSON.stringify({ customer, month, edition: 'internal' })
  return (await call<Identified>('POST', '/reviews', order)).id
}

/** Somebody asks for a missed result to be left out; by the time that it is looked at what would change is counted. */
async function aCorrection(): Promise<{ readonly id: string; readonly incident: string }> {
  const path = '/reports/attainment/cases?verdict=failed&limit=1'
  const { items } = await call<{ items: { readonly clockId: string; readonly number: string }[] }>('GET', path)
  const { clockId: clock, number } = items[0]!
  const change = { kind: 'exclusion', clock, excludedFor: 'force-majeure' }
  const order = JSON.stringify({ reason: 'The harbour was closed', evidence: 'Notice of 12 May', change })
  const { id } = await call<Identified>('POST', '/corrections', order)
  await call('POST', `/corrections/${id}/compute`)
  return { id, incident: number }
}

/** A service with a promise, in a month in which it was down. */
async function anAvailability(): Promise<string> {
  const path = '/downtimes?limit=1'
  const { items } = await call<{
    items: { readonly serviceId: string; readonly customerId: string; readonly beganAt: string }[]
  }>('GET', path)
  const { serviceId, customerId, beganAt } = items[0]!
  return `/availability/${serviceId}?customer=${customerId}&month=${beganAt.slice(0, 7)}`
}

/** What the agreement that holds would have made of the last quarter, in other hours, so that tickets come out otherwise. */
async function aWhatIf(agreement: string): Promise<{ readonly id: string; readonly position: number }> {
  const { versions } = await call<{ versions: readonly Identified[] }>('GET', `/agreements/${agreement}`)
  const day = [{ opens: 540, closes: 720 }]
  const calendarRules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, day, [], []] }
  const order = JSON.stringify({ versionId: versions[0]!.id, calendarRules })
  const { id } = await call<Identified>('POST', '/what-ifs', order)
  const isDone = async () => (await call<{ state: string }>('GET', `/what-ifs/${id}`)).state === 'done'
  await vi.waitUntil(isDone, { timeout: 60_000, interval: 200 })
  const path = `/what-ifs/${id}/differences?limit=1`
  return { id, position: (await call<{ items: { readonly position: number }[] }>('GET', path)).items[0]!.position }
}

/** An agreement with a team that stands behind one with a customer, and of that a draft with every finer term. */
async function aChain(id: string): Promise<{ readonly ola: string; readonly draft: string; readonly of: string }> {
  interface Read extends Identified {
    readonly customerId: string
    readonly versions: readonly (Identified & { readonly calendarId: string })[]
  }
  const { customerId: customer, versions } = await call<Read>('GET', `/agreements/${id}`)
  const terms = {
    calendar: versions[0]!.calendarId,
    validFrom: '2030-01-01T00:00:00Z',
    terms: {
      levels: { targetBp: 9500, minimumBp: 9000 },
      smallSample: 'allowance',
      roundTo: 1,
      fulfilment: [{ days: { count: 3, reading: 'end-of-day' }, attainmentBp: 9000 }],
    },
    targets: [
      { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500, expectedBp: 9800 },
      { metric: 'resolution', priority: 'p4', days: { count: 2, reading: 'end-of-day' }, attainmentBp: 9000 },
      { metric: 'restore', priority: 'p1', targetSeconds: 3600, attainmentBp: 9000, when: { siteType: 'warehouse' } },
    ],
  }
  const team = await firstOf('/teams?limit=1')
  const behind = { customer, name: 'Behind it', type: 'ola', party: { team }, behind: [{ agreement: id }] }
  const ola = await call<Identified>('POST', '/agreements', JSON.stringify({ ...terms, ...behind }))
  const beside = { customer, name: 'A draft' }
  const draft = await call<Identified>('POST', '/agreements', JSON.stringify({ ...terms, ...beside }))
  return { ola: ola.id, draft: draft.id, of: customer }
}

/** A major incident in which something was suspected and told. */
async function aMajorIncident(incident: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const declared = { incident, criteria: ['standstill'], commander: person.id, bridge: 'https://bridge.example/7' }
  const { id } = await call<Identified>('POST', '/major-incidents', JSON.stringify(declared))
  const suspected = { kind: 'hypothesis', text: 'A certificate ran out' }
  await call('POST', `/major-incidents/${id}/log`, JSON.stringify(suspected))
  const update = { audiences: ['customer', 'users'], language: 'en', text: 'We are on it' }
  await call('POST', `/major-incidents/${id}/updates`, JSON.stringify(update))
  return id
}

/** Raised by the customer, and by now with a plan. */
async function anEscalation(incident: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const raised = { incident, source: 'customer', direction: 'inbound', kind: 'hierarchic', level: 2, reason: 'Again' }
  const order = JSON.stringify({ ...raised, owner: person.id, nextUpdateDue: '2026-01-05T09:00:00Z' })
  const { id } = await call<Identified>('POST', '/escalations', order)
  const rule = { name: 'P1 at nine tenths', trigger: 'share', threshold: 90, level: 2, kind: 'hierarchic' }
  await call('POST', '/escalation-rules', JSON.stringify({ ...rule, owner: person.id }))
  for (const step of [{ to: 'acknowledged' }, { to: 'plan-agreed', agreedOutcome: 'A spare scanner by Friday' }])
    await call('POST', `/escalations/${id}/transitions`, JSON.stringify(step))
  return id
}

/** Somebody outside who is told something and does not answer, and what was to be sent there. */
async function aWebhook(): Promise<{ readonly id: string; readonly delivery: string }> {
  const asked = { name: 'Pager', url: 'https://pager.invalid/in', kinds: ['incident.opened'] }
  const { id } = await call<Identified>('POST', '/webhooks', JSON.stringify(asked))
  return { id, ...(await call<{ delivery: string }>('POST', `/webhooks/${id}/trial`)) }
}

/** Something to order at every customer with everything that can be asked, and an order of it that waits for a decision. */
async function aRequest(customer: string): Promise<{ readonly item: string; readonly number: string }> {
  const words = (de: string, en: string) => ({ de, en })
  const models = [
    { value: 'light', label: words('Leicht', 'Light') },
    { value: 'strong', label: words('Stark', 'Strong') },
  ]
  const kinds = ['choice', 'text', 'date', 'number', 'person', 'yes-no'] as const
  const fields = kinds.map((kind) => ({
    key: kind,
    kind,
    label: words(`Frage ${kind}`, `Question ${kind}`),
    purpose: words('Damit es passt', 'So that it fits'),
    options: kind === 'choice' ? models : [],
  }))
  const team = await firstOf('/teams?limit=1')
  const task = (title: string, stage: number) => ({
    kind: 'people',
    title: words(title, title),
    team,
    stage,
    seconds: 7200,
  })
  const item = await call<Identified>(
    'POST',
    '/catalogue-items',
    JSON.stringify({
      name: words('Bürostuhl', 'Office chair'),
      description: words('Ein Stuhl für lange Tage.', 'A chair for long days.'),
      fields,
      price: { amountMinor: 24_900, currency: 'EUR' },
      approval: [{ by: 'service-manager' }],
      plan: [{ ...task('Bestellen', 1), uses: ['choice'] }, task('Montieren', 2)],
    }),
  )
  await call('POST', `/catalogue-items/${item.id}/transitions`, JSON.stringify({ to: 'published' }))
  const answers = { choice: 'light', text: 'Am Fenster', date: '2026-02-01' }
  const order = JSON.stringify({ item: item.id, customer, for: 'eva.brandt@customer.example', answers })
  const { number } = await call<{ number: string }>('POST', '/requests', order)
  return { item: item.id, number }
}

/** With something to hang on a wall. */
async function aSurvey(customer: string): Promise<string> {
  const asked = { name: 'At the tech bar', customer, trigger: 'event', scale: 'csat', anonymity: 'anonymous' }
  const { id } = await call<Identified>('POST', '/surveys', JSON.stringify(asked))
  await call('POST', `/surveys/${id}/links`, JSON.stringify({ name: 'Ground floor' }))
  return id
}

async function aComplaint(customer: string): Promise<string> {
  const said = { kind: 'complaint', customer, text: 'It takes too long at night' }
  return (await call<Identified>('POST', '/feedback/cases', JSON.stringify(said))).id
}

/** Begun, and late. */
async function anAction(customer: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const made = { customer, text: 'Hang up the number of the desk', owner: person.id, due: '2026-01-05' }
  const { id } = await call<Identified>('POST', '/actions', JSON.stringify(made))
  await call('POST', `/actions/${id}/transitions`, JSON.stringify({ to: 'in-progress' }))
  return id
}

async function aDecision(customer: string): Promise<string> {
  const asked = { customer, question: 'Which printers?', options: ['New ones', 'Used ones'], criteria: 'Cost a page' }
  return (await call<Identified>('POST', '/decisions', JSON.stringify(asked))).id
}

/** With a figure that it is measured by. */
async function anImprovement(customer: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const suggested = { customer, problem: 'Scanners wait at night', hypothesis: 'Spare ones help', owner: person.id }
  const measured = { ...suggested, kpi: { key: 'K05' }, targetValue: 14_400_000 }
  return (await call<Identified>('POST', '/improvements', JSON.stringify(measured))).id
}

async function aFrictionPoint(customer: string): Promise<string> {
  const seen = { customer, title: 'The badge printer jams', perWeek: 6, minutes: 14, people: 12, place: 'Gate 3' }
  return (await call<Identified>('POST', '/friction-points', JSON.stringify(seen))).id
}

/** A round each day with a figure on its board and an action that it follows: its board, how it is changed, a meeting. */
async function aForum(customer: string): Promise<readonly string[]> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const rhythm = { weekdays: [1, 2, 3, 4, 5, 6, 7], startsOn: '2026-01-01', atMinute: 495, minutes: 15 }
  const about = {
    customer,
    name: 'Morning round',
    tier: 1,
    timeZone: 'Europe/Berlin',
    agenda: ['Safety'],
    kpis: ['K05'],
  }
  const order = JSON.stringify({ ...rhythm, ...about, members: [person.id] })
  const { id: forum } = await call<Identified>('POST', '/forums', order)
  const action = { customer, forum, text: 'Ask for spare scanners', owner: person.id, due: '2026-01-05' }
  await call('POST', '/actions', JSON.stringify(action))
  const span = `from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z&forum=${forum}&limit=1`
  return [`/forums/${forum}`, `/forums/${forum}/change`, `/forum-runs/${await firstOf(`/forum-runs?${span}`)}`]
}

/** Somebody was visited, and something is to be talked about. */
async function aStakeholder(customer: string): Promise<string> {
  const about = { customer, name: 'Eva Brandt', role: 'CFO', level: 'cfo', influence: 5, support: -1, cadenceDays: 30 }
  const { id } = await call<Identified>('POST', '/stakeholders', JSON.stringify(about))
  const met = { kind: 'visit', faceToFace: true, onDay: '2026-01-05', notes: 'Wants fewer invoices' }
  await call('POST', `/stakeholders/${id}/interactions`, JSON.stringify(met))
  await call('POST', `/stakeholders/${id}/pulses`, JSON.stringify({ score: 6, sentence: 'Better' }))
  await call('POST', `/stakeholders/${id}/agenda`, JSON.stringify({ kind: 'ask', text: 'One invoice a quarter' }))
  return id
}

function lastMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
}

/** What everybody reads. */
async function anArticle(): Promise<string> {
  const text = 'Often it is **the roll**.\n\n## Look\n\n- Open the hood\n- Turn the roll'
  const written = JSON.stringify({ title: 'The label printer prints nothing', text, language: 'en', audience: 'user' })
  const { id } = await call<Identified>('POST', '/articles', written)
  for (const to of ['review', 'published']) await call('POST', `/articles/${id}/transitions`, JSON.stringify({ to }))
  return id
}

/** Somebody called, and nobody has settled it yet; with words to use again, and work on an incident that is planned. */
async function aContact(customer: string): Promise<string> {
  const taken = { customer, channel: 'phone', subject: 'The label printer', details: 'Since this morning' }
  return (await call<Identified>('POST', '/contacts', JSON.stringify(taken))).id
}

/** What is planned and counted of an incident. */
async function planned(incident: string): Promise<void> {
  const from = new Date(Date.now() + 86_400_000).toISOString()
  const to = new Date(Date.now() + 90_000_000).toISOString()
  const appointment = { from, to, zone: 'Europe/Berlin' }
  const add = (path: string, body: object) => call('POST', `/incidents/${incident}/${path}`, JSON.stringify(body))
  await add('tasks', { title: 'Bring a spare one', appointment })
  await add('checklist', { items: ['Spare one prepared', 'Old one back'] })
}

/** A contract and one of its credits; whoever only administers sees no money, so the role for it is given first. */
async function aContract(): Promise<{ readonly id: string; readonly credit: string }> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  await call('POST', `/people/${person.id}/roles`, JSON.stringify({ role: 'service-manager' }))
  const id = await firstOf('/contracts?limit=1')
  return { id, credit: await firstOf(`/contracts/${id}/credits`) }
}

/** Every screen there is for somebody signed in. */
export async function everyScreen(): Promise<readonly string[]> {
  const incident = await firstOf('/incidents?limit=1')
  const customer = await firstOf('/customers?limit=1')
  const agreement = await firstOf('/agreements?limit=1')
  const calendar = await firstOf('/calendars?limit=1')
  const person = await firstOf('/people?limit=1')
  const team = await firstOf('/teams?limit=1')
  const file = await aFileToRead()
  const review = await aReview(customer)
  const correction = await aCorrection()
  const whatIf = await aWhatIf(agreement)
  const major = await aMajorIncident(incident)
  const { ola, draft, of } = await aChain(agreement)
  const article = await anArticle()
  await planned(incident)
  const webhook = await aWebhook()
  const { item, number } = await aRequest(customer)
  const contract = await aContract()
  return [
    '/',
    '/incidents',
    '/incidents/new',
    `/incidents/${incident}`,
    '/major-incidents',
    `/major-incidents/new?incident=${incident}`,
    `/major-incidents/${major}`,
    `/major-incidents/${major}?show=children`,
    `/major-incidents/${major}?show=reports`,
    '/escalations',
    `/escalations/new?incident=${incident}`,
    `/escalations/${await anEscalation(incident)}`,
    '/contacts',
    '/contacts?first=settled',
    '/contacts/new',
    `/contacts/${await aContact(customer)}`,
    `/incidents/new?contact=${await aContact(customer)}`,
    '/contracts',
    '/contracts/new',
    `/contracts/${contract.id}`,
    `/contracts/${contract.id}/trial`,
    `/contracts/${contract.id}/lines`,
    `/contracts/${contract.id}/regime`,
    `/contracts/${contract.id}/invoicing`,
    `/contracts/${contract.id}/profit`,
    '/portfolio',
    '/contract-changes',
    `/contracts/${contract.id}/changes/new`,
    `/contract-changes/${await firstOf('/contract-changes')}`,
    `/closing?customer=${customer}`,
    `/credits/${contract.credit}`,
    '/macros',
    '/rules',
    '/rules/new',
    '/rules/assignment',
    `/rules/${await firstOf('/rules')}`,
    '/webhooks',
    `/webhooks/${webhook.id}`,
    `/webhook-deliveries/${webhook.delivery}`,
    '/requests',
    `/requests/${number}`,
    '/requests/approvals',
    '/requests/tasks?whose=all',
    '/requests/cost',
    '/catalogue',
    '/catalogue/new',
    `/catalogue/${item}`,
    `/portal/order/${item}`,
    '/experience',
    '/experience?by=month&span=all',
    '/feedback',
    '/feedback/surveys/new',
    `/feedback/surveys/${await aSurvey(customer)}`,
    '/feedback/cases/new',
    `/feedback/cases/${await aComplaint(customer)}`,
    '/kpis',
    `/kpis/K05?customer=${customer}`,
    `/kpis/K11?customer=${customer}&month=${lastMonth()}`,
    '/kpis/K15',
    '/actions',
    '/actions?show=over',
    `/actions/${await anAction(customer)}`,
    '/decisions',
    `/decisions/${await aDecision(customer)}`,
    '/improvements',
    `/improvements/${await anImprovement(customer)}`,
    `/kpis/boards/service-manager?customer=${customer}`,
    '/kpis/boards/experience',
    '/friction',
    '/friction/new',
    `/friction/${await aFrictionPoint(customer)}`,
    '/feedback/said-done',
    '/forums',
    '/forums/new',
    ...(await aForum(customer)),
    '/week',
    '/stakeholders',
    `/stakeholders/${await aStakeholder(customer)}`,
    '/articles',
    '/articles/new',
    `/articles/${article}`,
    `/articles/${article}?edit=yes`,
    '/attainment',
    '/attainment/cases?verdict=failed',
    '/availability',
    '/availability/new',
    await anAvailability(),
    '/reviews',
    '/reviews/new',
    '/imports',
    `/imports/${file}`,
    '/agreements',
    '/agreements/new',
    `/agreements/${agreement}`,
    `/agreements/${ola}`,
    `/agreements/new?of=${draft}`,
    `/agreements/new?customer=${of}&behind=${agreement}`,
    '/calendars/new',
    `/calendars/${calendar}`,
    '/corrections',
    `/corrections/${correction.id}`,
    `/corrections/${correction.id}/1`,
    `/corrections/new?calendar=${calendar}`,
    `/corrections/new?incident=${correction.incident}`,
    `/corrections/new?agreement=${agreement}`,
    '/what-ifs',
    `/what-ifs/${whatIf.id}`,
    `/what-ifs/${whatIf.id}/${whatIf.position}`,
    `/what-ifs/new?agreement=${agreement}`,
    '/periods',
    '/customers',
    '/customers/new',
    `/customers/${customer}`,
    '/people',
    '/people/invite',
    `/people/${person}`,
    '/people/teams',
    `/people/teams/${team}`,
    '/settings/organisation',
    '/settings/words',
    '/settings/work',
    '/settings/sign-in',
    '/settings/sign-in/new',
    '/settings/keeping',
    '/settings/mail',
    '/mails',
    '/settings/health',
    '/audit',
    '/account',
    '/notifications?show=all',
    '/notifications/settings',
    '/help/every-day',
    '/help/desk',
    '/kit',
    '/nowhere',
    `/reviews/${review}`,
    `/reviews/${review}/compose`,
  ]
}

/** Somebody of a customer who may only report, with a report in each state that asks something of them, and their screens. */
export async function aRequester(): Promise<{ readonly email: string; readonly screens: readonly string[] }> {
  const email = 'eva.brandt@customer.example'
  const customer = await firstOf('/customers?limit=1')
  const invitation = JSON.stringify({ email, role: 'requester', customer })
  const { link } = await call<{ link: string }>('POST', '/invitations', invitation)
  const token = link.split('#')[1]
  const chosen = JSON.stringify({ token, name: 'Eva Brandt', password: ADMIN.password })
  await call('POST', '/invitations/accept', chosen)
  const declared = { customer, requester: email, impact: 'low', urgency: 'low' }
  const made = async (title: string, ...steps: readonly object[]) => {
    const { id, number } = await call<Identified & { number: string }>(
      'POST',
      '/incidents',
      JSON.stringify({ ...declared, title }),
    )
    for (const step of steps) await call('POST', `/incidents/${id}/transitions`, JSON.stringify(step))
    return `/portal/reports/${number}`
  }
  const begun = { to: 'in-progress' }
  const { item, number } = await aRequest(customer)
  return {
    email,
    screens: [
      '/portal',
      `/portal/order/${item}`,
      `/portal/requests/${number}`,
      '/portal/approvals',
      '/portal/report?title=The+label+printer+prints+nothing',
      await made('The label printer prints nothing', begun, { to: 'on-hold', reason: 'awaiting-requester' }),
      await made('The scale shows a wrong weight', begun, { to: 'resolved', note: 'Calibrated.' }),
      await made('A colleague needs access', { to: 'resolved', note: 'Granted.' }, { to: 'closed' }),
      `/articles/${await firstOf('/articles?state=published&limit=1')}`,
      '/incidents',
      '/account',
      '/notifications',
    ],
  }
}
