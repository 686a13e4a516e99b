import type { Readable } from 'node:stream'
import { invalid, refused } from '#core/failure.ts'
import { require } from '#core/may.ts'
import type { Attachment } from '#api/attachments'
import type { IncidentPage } from '#api/incidents'
import { listAttachments, receiveFile } from '#modules/attachments'
import { requireCustomer } from '#modules/customers'
import { attachToIncident, declareIncident, getIncident, takeAnswer, transitIncident } from '#modules/incidents'
import { requirePerson } from '#modules/people'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { Affected, Confirmation, Hindrance, Report, report as endpoint } from './api.ts'
import { barredFromReporting } from './may.ts'

/** Both sides of a customer's request: first what they may see, in their own role; then the writing, in the program's. */
export type Door = Pick<Given<typeof endpoint>, 'inTransaction' | 'asProgram'>

const impactOf: Readonly<Record<Affected, 'high' | 'medium' | 'low'>> = { me: 'low', some: 'medium', many: 'high' }
const urgencyOf: Readonly<Record<Hindrance, 'high' | 'medium' | 'low'>> = {
  stopped: 'high',
  hindered: 'medium',
  minor: 'low',
}

/** Makes an incident of what somebody reports in their own name. What it is about has to be in their own sight. */
export async function report({ inTransaction, asProgram }: Door, given: Report): Promise<IncidentPage> {
  const { title, description, affected, hindrance, occurredAt, onBehalfOf } = given
  const meant = await inTransaction('read only', async (context) => {
    const person = await requireReporter(context)
    const [only, ...more] = context.actor.customers
    if (given.customer === undefined && more.length > 0) {
      throw invalid('report.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
    }
    const { db } = context
    const { id: customer } = await requireCustomer(db, given.customer ?? only ?? '')
    const site = given.site === undefined ? undefined : (await requireSite(db, customer, given.site)).id
    const service = given.service === undefined ? undefined : (await requireService(db, customer, given.service)).id
    return { person, customer, site, service }
  })
  const { person, customer, site, service } = meant
  const about = {
    customer,
    ...(site && { site }),
    ...(service && { service }),
    ...(occurredAt && { occurredAt }),
    ...(onBehalfOf && { onBehalfOf }),
  }
  const rated = { impact: impactOf[affected], urgency: urgencyOf[hindrance] }
  const id = await asProgram(async (context) => {
    const declared = await declareIncident(
      context,
      { ...about, ...rated, title, description, channel: 'portal' },
      person,
    )
    return declared.id
  })
  return inTransaction('read only', (context) => getIncident(context, id))
}

/** Writes down what the requester answers or adds. */
export async function answerReport(door: Door, idOrNumber: string, text: string): Promise<IncidentPage> {
  return changed(door, idOrNumber, async (context, { id, number }, author) => {
    const taken = await takeAnswer(context, id, { text, quoted: '', author })
    if (taken === 'over') throw refused('report.over', { incident: number })
  })
}

/** Closes what works again, reopens what does not. */
export async function confirmReport(door: Door, idOrNumber: string, confirmation: Confirmation): Promise<IncidentPage> {
  return changed(door, idOrNumber, async (context, { id, number, state }, author) => {
    if (state !== 'resolved') throw refused('report.not-resolved', { incident: number })
    if (confirmation.works) {
      await transitIncident(context, id, { to: 'closed' })
      return
    }
    const taken = await takeAnswer(context, id, { text: confirmation.text, quoted: '', author })
    if (taken === 'over') throw refused('report.over', { incident: number })
  })
}

/** Adds a file, for both sides to see. */
export async function addReportFile(
  { inTransaction, asProgram }: Door,
  idOrNumber: string,
  name: string,
  bytes: Readable,
): Promise<Attachment> {
  const { id } = await inTransaction('read only', async (context) => {
    await requireReporter(context)
    return getIncident(context, idOrNumber)
  })
  const file = await receiveFile(bytes)
  const added = await asProgram(
    async (context) => (await attachToIncident(context, id, { name, visibility: 'public', file })).id,
  )
  return inTransaction('read only', async (context) => {
    const files = await listAttachments(context, { subjectType: 'incident', subjectId: id })
    return files.find((each) => each.id === added)!
  })
}

interface Author {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Runs `change` in the program's role on a report in the person's sight; the report as they see it then. */
async function changed(
  { inTransaction, asProgram }: Door,
  idOrNumber: string,
  change: (context: Context, report: IncidentPage, author: Author) => Promise<void>,
): Promise<IncidentPage> {
  const { found, author } = await inTransaction('read only', async (context) => ({
    author: await requireReporter(context),
    found: await getIncident(context, idOrNumber),
  }))
  await asProgram(async (context) => {
    await change(context, await getIncident(context, found.id), author)
    return null
  })
  return inTransaction('read only', (context) => getIncident(context, found.id))
}

async function requireReporter({ actor, db }: Context): Promise<Author> {
  require(barredFromReporting(actor))
  const { id, name, email } = await requirePerson(db, actor.personId!)
  return { id, name, email: email ?? '' }
}
