import { glob, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { DB } from '#db'

/** The one module that may write each table. Any module may read any table. */
const ownerOf: Record<keyof DB, string> = {
  account: 'people',
  adjustment: 'service-levels',
  agreement: 'service-levels',
  agreementSupport: 'service-levels',
  agreementVersion: 'service-levels',
  anonymousAnswer: 'feedback',
  answer: 'feedback',
  apiToken: 'people',
  article: 'knowledge',
  articleVote: 'knowledge',
  attachment: 'attachments',
  attainmentMonth: 'service-levels',
  audit: 'platform',
  availabilityAdjustment: 'availability',
  availabilityPromise: 'availability',
  availabilityTold: 'availability',
  calendar: 'service-levels',
  calendarVersion: 'service-levels',
  checklistItem: 'tasks',
  catalogueItem: 'catalogue',
  catalogueItemVersion: 'catalogue',
  clock: 'service-levels',
  clockResult: 'service-levels',
  contact: 'contacts',
  contactMessage: 'contacts',
  contactSource: 'contacts',
  correction: 'corrections',
  correctionDifference: 'corrections',
  customer: 'customers',
  customerKey: 'customers',
  customerMailDomain: 'mail',
  defaultView: 'views',
  downtime: 'availability',
  escalation: 'escalations',
  escalationRule: 'escalations',
  feedbackCase: 'feedback',
  history: 'platform',
  idempotencyKey: 'platform',
  identity: 'people',
  identityAttempt: 'people',
  identityProvider: 'people',
  identityProviderGroup: 'people',
  import: 'imports',
  importReject: 'imports',
  incident: 'incidents',
  incidentLink: 'incidents',
  incidentTask: 'tasks',
  incidentWatcher: 'notifications',
  keptFile: 'attachments',
  macro: 'macros',
  mailAccount: 'mail',
  mailTemplate: 'mail',
  majorIncident: 'major-incidents',
  majorIncidentAction: 'major-incidents',
  majorIncidentText: 'major-incidents',
  maintenanceWindow: 'availability',
  monitoringGap: 'availability',
  notification: 'notifications',
  notificationRhythm: 'notifications',
  notificationSetting: 'notifications',
  notifiedFact: 'notifications',
  oneTimeLink: 'people',
  outgoingMail: 'mail',
  period: 'service-levels',
  person: 'people',
  portalSearch: 'portal',
  portalSearchMiss: 'portal',
  pushSubscription: 'notifications',
  receivedMail: 'mail',
  recoveryCode: 'people',
  request: 'requests',
  requestAnswerUse: 'requests',
  requestApproval: 'requests',
  requestCall: 'requests',
  requestTask: 'requests',
  review: 'reviews',
  reviewDocument: 'reviews',
  roleAssignment: 'people',
  savedView: 'views',
  service: 'services',
  session: 'people',
  signInAttempt: 'people',
  setting: 'organisation',
  site: 'sites',
  statusPage: 'major-incidents',
  survey: 'feedback',
  surveyAnswer: 'feedback',
  surveyAnswerIdentity: 'feedback',
  surveyContact: 'feedback',
  surveyInvitation: 'feedback',
  surveyLink: 'feedback',
  surveySending: 'feedback',
  target: 'service-levels',
  team: 'people',
  teamMember: 'people',
  textTemplate: 'macros',
  timeEntry: 'tasks',
  webhook: 'webhooks',
  webhookAttempt: 'webhooks',
  webhookDelivery: 'webhooks',
  verbatim: 'feedback',
  whatIf: 'what-if',
  whatIfDifference: 'what-if',
}

const WRITE = /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)/g

test('every table is written by its owner alone', async () => {
  const strays: string[] = []
  let writes = 0
  for await (const file of glob('src/modules/*/*.ts')) {
    if (/(\.test|\/testing)\.ts$/.test(file)) continue
    const module = file.split('/')[2]
    const source = await readFile(file, 'utf8')
    for (const [, table] of source.matchAll(WRITE)) {
      writes += 1
      if (ownerOf[table as keyof DB] !== module) strays.push(`${file} writes ${table}`)
    }
  }
  expect(strays).toEqual([])
  expect(writes).toBeGreaterThan(20)
})
