import { call, firstOf, type Identified } from './ask.ts'
import { ADMIN } from './program.ts'
import { aContact, aMajorIncident, anArticle, anEscalation, aRequest, aWebhook, planned } from './screens-of-desk.ts'
import { aChain, aCorrection, anAvailability, aWhatIf } from './screens-of-levels.ts'
import { screensOfMoney } from './screens-of-money.ts'
import {
  aComplaint,
  aDecision,
  aForum,
  aFrictionPoint,
  anAction,
  anImprovement,
  aStakeholder,
  aSurvey,
} from './screens-of-rounds.ts'

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

/** A report that is sent each month. */
async function aSchedule(customer: string, person: string): Promise<string> {
  const plan = { customer, recipients: [person], language: 'de', day: 5, nextMonth: lastMonth() }
  return (await call<Identified>('POST', '/report-schedules', JSON.stringify(plan))).id
}

function lastMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
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
  const ofMoney = await screensOfMoney(customer)
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
    '/escalations?state=counted&source=customer&since=2026-01-01T00:00:00.000Z',
    `/escalations/new?incident=${incident}`,
    `/escalations/${await anEscalation(incident)}`,
    '/contacts',
    '/contacts?first=settled',
    '/contacts/new',
    `/contacts/${await aContact(customer)}`,
    `/incidents/new?contact=${await aContact(customer)}`,
    ...ofMoney,
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
    '/forums/adherence',
    '/forums/tiers',
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
    '/report-schedules',
    '/report-schedules/new',
    `/report-schedules/${await aSchedule(customer, person)}`,
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
    `/what-ifs/${whatIf.id}/cases?side=after&metric=resolution`,
    `/what-ifs/new?agreement=${agreement}`,
    '/periods',
    '/customers',
    '/customers/new',
    `/customers/${customer}`,
    `/customers/${customer}/brand`,
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
    '/privacy/people?q=an',
    `/privacy/people/${person}`,
    '/privacy/incidents',
    `/privacy/incidents/${incident}`,
    '/privacy/retention',
    '/privacy/works-council',
    '/account',
    '/account/data',
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
