import { z } from 'zod'
import { byId, endpoint, instant, month, named, page, pageOf } from '#core/endpoint.ts'
import { fields } from './field.ts'
import { givenMapping, importMapping, sources } from './mapping.ts'

export { type Field, fields } from './field.ts'
export { type GivenMapping, type ImportMapping, isActivityLog, type Source, sources } from './mapping.ts'
export { barredFromImporting, barredFromSeeingImports } from './may.ts'
export { stateMeanings, type StateMeaning } from './words.ts'

const customerName = z.string().min(1).max(200).describe('Id or name')
const sentence = z.string().describe('For people, in the caller’s language')

export const importStates = ['uploading', 'uploaded', 'running', 'done', 'failed', 'cancelled', 'undone'] as const

export const importCounts = z.object({
  rows: z.int(),
  tickets: z.int().describe('That were not there before'),
  updated: z.int().describe('That were there, and got something new'),
  events: z.int().describe('Facts added to the history'),
  rejected: z.int().describe('Rows that were not taken'),
  leftOut: z.int().describe('Values that were left out of rows that were taken'),
  seconds: z.number(),
  encoding: z.string(),
  damaged: z.boolean().describe('Bytes that fit no encoding were in it'),
})

export const importView = z.object({
  id: z.uuid(),
  source: z.enum(sources),
  customer: named.nullable(),
  fileName: z.string(),
  fileSize: z.int(),
  state: z.enum(importStates),
  phase: z.enum(['queued', 'reading', 'writing', 'undoing']).nullable(),
  dryRun: z.boolean(),
  progress: z.number().min(0).max(1),
  cancelAsked: z.boolean(),
  counts: importCounts.nullable().describe('So far, while it runs'),
  failure: z.object({ code: z.string(), message: sentence }).nullable(),
  createdBy: named.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
})
export type ImportView = z.output<typeof importView>

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  summary: 'Imports that the caller may see, the newest first',
  audience: 'provider',
  query: z.object(page),
  reply: pageOf(importView),
})

export const getImport = endpoint({
  method: 'GET',
  path: '/imports/:id',
  summary: 'One import: how far it is, what it did',
  audience: 'provider',
  params: byId,
  reply: importView,
})

export const addImport = endpoint({
  method: 'POST',
  path: '/imports',
  summary: 'Announces a file; it is sent next',
  audience: 'provider',
  body: z.object({
    source: z.enum(sources),
    fileName: z.string().trim().min(1).max(400),
    size: z.int().min(0),
    customer: customerName.optional(),
  }),
  reply: importView,
  status: 201,
})
export type NewImport = z.output<typeof addImport.body>

export const sendImportFile = endpoint({
  method: 'PUT',
  path: '/imports/:id/file',
  summary: 'The file itself: CSV, plain or as .gz or .zip',
  audience: 'provider',
  params: byId,
  reply: importView,
  bytes: 'body',
  ownTransaction: true,
})

const remark = z.object({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  message: sentence,
  value: z.string().nullable(),
  taken: z.boolean().describe('The row was taken, without this value'),
})

export const importPreview = z.object({
  packing: z.enum(['none', 'gzip', 'zip']),
  inside: z.string().nullable().describe('Name of the file inside a zip'),
  encoding: z.string(),
  delimiter: z.string(),
  mapping: importMapping.describe('How it would be read: what was found out, and what was given'),
  timeZone: z.string().describe('Of its dates without an offset, as they are read here'),
  lacks: z
    .array(
      z.object({
        lack: z.enum(['date-order', 'one-date-order', 'column', 'unknown-column']),
        message: sentence,
        field: z.enum(fields).nullable(),
        column: z.string().nullable(),
        readings: z.object({ example: z.string(), dmy: z.string(), mdy: z.string() }).nullable(),
      }),
    )
    .describe('What has to be said before it can start'),
  columns: z.array(z.object({ name: z.string(), field: z.enum(fields).nullable(), samples: z.array(z.string()) })),
  unknownWords: z
    .array(z.object({ field: z.enum(['state', 'priority', 'impact', 'urgency']), word: z.string(), rows: z.int() }))
    .describe('Words whose meaning has to be given; rows with such a state are not taken'),
  sampled: z.object({ rows: z.int(), taken: z.int(), tickets: z.int() }).describe('Of the first rows'),
  rows: z
    .array(
      z.object({
        line: z.int(),
        taken: z.boolean(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
        remarks: z.array(remark),
      }),
    )
    .describe('The first twenty, as they would be read; moments are instants'),
})
export type ImportPreview = z.output<typeof importPreview>

export const previewImport = endpoint({
  method: 'GET',
  path: '/imports/:id/preview',
  summary: 'How the file would be read, from its first rows',
  audience: 'provider',
  params: byId,
  reply: importPreview,
  ownTransaction: true,
})

export const mapImport = endpoint({
  method: 'PUT',
  path: '/imports/:id/mapping',
  summary: 'How the file is to be read; what is left out is found out',
  audience: 'provider',
  params: byId,
  body: givenMapping,
  reply: importView,
})

export const startImport = endpoint({
  method: 'POST',
  path: '/imports/:id/start',
  summary: 'Takes the file in, or tries what would become of it; in the background',
  audience: 'provider',
  params: byId,
  body: z.object({
    customer: customerName.optional(),
    newCustomer: z.string().trim().min(1).max(200).optional().describe('Name of a customer to be added for this'),
    dryRun: z.boolean().default(false),
    mapping: givenMapping.optional(),
  }),
  reply: importView,
  status: 202,
})
export type ImportStart = z.output<typeof startImport.body>

export const cancelImport = endpoint({
  method: 'POST',
  path: '/imports/:id/cancel',
  summary: 'Stops it at the next batch; whole tickets that were taken stay until it is undone',
  audience: 'provider',
  params: byId,
  reply: importView,
  status: 202,
})

export const foreseeUndo = endpoint({
  method: 'GET',
  path: '/imports/:id/undo',
  summary: 'What taking an import back would do, before it is done',
  audience: 'provider',
  params: byId,
  reply: z.object({
    possible: z.boolean().describe('False for a trial, and for what was taken back already'),
    tickets: z.int().describe('That it brought: they go with their histories'),
    restored: z.int().describe('That were there before: they become what they were'),
    workedOn: z.int().describe('Of those that would go, on which people have worked here since'),
    lockedMonth: month.nullable().describe('A locked month in which results of it were told: it cannot be taken back'),
    laterFile: z.string().nullable().describe('A later import that builds on this one and has to be taken back first'),
  }),
})
export type UndoForeseen = z.output<typeof foreseeUndo.reply>

export const undoImport = endpoint({
  method: 'POST',
  path: '/imports/:id/undo',
  summary: 'Takes back what it brought; in the background',
  audience: 'provider',
  params: byId,
  body: z.object({
    alsoWorkedOn: z.boolean().default(false).describe('Also tickets that people have worked on here since'),
  }),
  reply: importView,
  status: 202,
})

export const listImportRejects = endpoint({
  method: 'GET',
  path: '/imports/:id/rejects',
  summary: 'Rows and values that were not taken, by line, with the reason',
  audience: 'provider',
  params: byId,
  query: z.object(page),
  reply: pageOf(remark),
})

export const downloadImportRejects = endpoint({
  method: 'GET',
  path: '/imports/:id/rejects.csv',
  summary: 'The same as a table',
  audience: 'provider',
  params: byId,
  reply: z.unknown(),
  bytes: 'reply',
})
