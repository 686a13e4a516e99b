import { Readable } from 'node:stream'
import { require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { Failure } from '#core/failure.ts'
import { route } from '#platform/http.ts'
import { sentence } from '#platform/problem.ts'
import {
  addImport,
  cancelImport,
  mapImport,
  previewImport,
  sendImportFile,
  startImport,
  undoImport,
} from './actions.ts'
import * as api from './api.ts'
import { barredFromSeeingImports } from './may.ts'
import { remarkView } from './preview.ts'
import { getImport, type ImportRecord, listImports, listRemarks, readRemarks } from './queries.ts'
import { remarkHeader, remarkLine } from './rejects.ts'
import { foreseeUndo } from './take-back.ts'

export const importRoutes = [
  route(api.listImports, async ({ db, actor }, { query }) => {
    require(barredFromSeeingImports(actor))
    const { items, nextCursor } = await listImports(db, query)
    return { items: items.map((record) => viewOf(record, actor.language)), nextCursor }
  }),
  route(api.getImport, async ({ db, actor }, { params }) => {
    require(barredFromSeeingImports(actor))
    return viewOf(await getImport(db, params.id), actor.language)
  }),
  route(api.addImport, async (context, { body }) => viewOf(await addImport(context, body), context.actor.language)),
  route(api.sendImportFile, async (context, { params, stream, inTransaction }) =>
    viewOf(await sendImportFile(context, inTransaction, params.id, stream), context.actor.language),
  ),
  route(api.previewImport, (context, { params, inTransaction }) => previewImport(context, inTransaction, params.id)),
  route(api.mapImport, async (context, { params, body }) =>
    viewOf(await mapImport(context, params.id, body), context.actor.language),
  ),
  route(api.startImport, async (context, { params, body }) =>
    viewOf(await startImport(context, params.id, body), context.actor.language),
  ),
  route(api.cancelImport, async (context, { params }) =>
    viewOf(await cancelImport(context, params.id), context.actor.language),
  ),
  route(api.foreseeUndo, async ({ db, actor }, { params }) => {
    require(barredFromSeeingImports(actor))
    return foreseeUndo(db, await getImport(db, params.id))
  }),
  route(api.undoImport, async (context, { params, body }) =>
    viewOf(await undoImport(context, params.id, body), context.actor.language),
  ),
  route(api.listImportRejects, async ({ db, actor }, { params, query }) => {
    require(barredFromSeeingImports(actor))
    const { id } = await getImport(db, params.id)
    const { items, nextCursor } = await listRemarks(db, id, query)
    return { items: items.map((remark) => remarkView(remark, actor.language)), nextCursor }
  }),
  route(api.downloadImportRejects, async ({ db, actor }, { params }) => {
    require(barredFromSeeingImports(actor))
    const { id, fileName } = await getImport(db, params.id)
    const lines = (await readRemarks(db, id)).map((remark) => remarkLine(remark, actor.language))
    // The mark tells Excel that it is UTF-8.
    const file = Readable.from([`\uFEFF${remarkHeader}`, ...lines])
    return {
      file,
      type: 'text/csv; charset=utf-8',
      name: `${fileName.replace(/\.(csv|gz|zip|txt)$/i, '')}.rejects.csv`,
    }
  }),
]

function viewOf(record: ImportRecord, language: Language): api.ImportView {
  const {
    customerId,
    customerName,
    createdBy,
    createdByName,
    failure,
    progressBytes,
    fileSize,
    phase,
    mapping: _,
    sha256: __,
    ...own
  } = record
  return {
    ...own,
    fileSize,
    phase: phase as api.ImportView['phase'],
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
    progress: own.state === 'done' ? 1 : Math.min(1, progressBytes / Math.max(1, fileSize)),
    failure: failure && {
      code: failure.code,
      message: sentence(new Failure('refused', failure.code, failure.values), language),
    },
    createdBy: createdBy === null || createdByName === null ? null : { id: createdBy, name: createdByName },
  }
}
