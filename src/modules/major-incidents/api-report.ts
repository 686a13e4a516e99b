import { z } from 'zod'
import { endpoint, instant, localDate, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { actionKinds } from './major-incident.ts'
import { editions, noteKinds, reportSections } from './report-parts.ts'

const byId = z.object({ id: z.uuid() })
const language = z.enum(languages)
const lang = language.optional().describe('The caller’s own unless given')

export const readNote = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/notes/:kind',
  summary: 'A short report from what was recorded: flash, what changed, restored, after 24 hours',
  audience: 'provider',
  params: byId.extend({ kind: z.enum(noteKinds) }),
  query: z.object({ lang }),
  reply: z.object({ title: z.string(), lines: z.array(z.string()) }),
})

const part = z.object({
  section: z.enum(reportSections),
  number: z.int(),
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  lines: z.array(z.object({ at: z.string(), who: z.string(), what: z.string(), gap: z.boolean() })),
  text: z.string().describe('What people wrote'),
  version: z.int().describe('Of what people wrote; 0 while nothing is there'),
  missing: z.string().describe('What is not recorded, and where it is to be; empty when there is something'),
})
export type ReportPart = z.output<typeof part>

const report = z.object({ title: z.string(), subtitle: z.string(), parts: z.array(part) })

export const readReport = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/report',
  summary: 'The full report, section by section; a customer’s edition names nobody and tells nothing internal',
  audience: 'provider',
  params: byId,
  query: z.object({ lang, edition: z.enum(editions).default('internal') }),
  reply: report,
})

export const printReport = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/report/pdf',
  summary: 'The full report on paper (PDF)',
  audience: 'provider',
  params: byId,
  query: z.object({ lang, edition: z.enum(editions).default('internal') }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})

export const presentReport = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/report/slides',
  summary: 'The full report as slides that can be edited (PPTX)',
  audience: 'provider',
  params: byId,
  query: z.object({ lang, edition: z.enum(editions).default('internal') }),
  reply: z.any(),
  bytes: 'reply',
})

export const writeReportText = endpoint({
  method: 'PUT',
  path: '/major-incidents/:id/report/:section',
  summary: 'Writes a section of the full report in one language; If-Match with its version, 0 for a new one',
  audience: 'provider',
  params: byId.extend({ section: z.enum(reportSections) }),
  body: z.object({ language, text: z.string().max(20_000) }),
  reply: z.object({ version: z.int(), updatedAt: instant }),
  match: true,
})

export const issueReport = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/report/issue',
  summary: 'Says that the full report was given to whom it is for',
  audience: 'provider',
  params: byId,
  reply: z.object({ issuedAt: instant }),
})

const action = z.object({
  id: z.uuid(),
  kind: z.enum(actionKinds),
  what: z.string(),
  owner: named.nullable(),
  due: localDate.nullable(),
  verification: z.string().describe('How it will be seen that it works'),
  doneAt: instant.nullable(),
  version: z.int(),
})
export type MajorAction = z.output<typeof action>

const actionBody = {
  kind: z.enum(actionKinds),
  what: z.string().trim().min(1).max(2000),
  owner: z.uuid().nullable(),
  due: localDate.nullable(),
  verification: z.string().trim().max(2000),
}

export const listMajorActions = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/actions',
  summary: 'What is to be different afterwards',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(action) }),
})

export const addMajorAction = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/actions',
  summary: 'Adds an action',
  audience: 'provider',
  params: byId,
  body: z.object(actionBody).partial({ owner: true, due: true, verification: true }),
  reply: action,
  status: 201,
})

export const changeMajorAction = endpoint({
  method: 'PATCH',
  path: '/major-incident-actions/:id',
  summary: 'Changes an action, or says that it is done',
  audience: 'provider',
  params: byId,
  body: z.object({ ...actionBody, done: z.boolean() }).partial(),
  reply: action,
  match: true,
})

export const removeMajorAction = endpoint({
  method: 'DELETE',
  path: '/major-incident-actions/:id',
  summary: 'Takes an action away',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})
