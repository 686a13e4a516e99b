import { draw } from './draw.ts'
import type { RenderAnswer, RenderRequest } from './render-apart.ts'
import { type Listing, listingAll, type Rendered } from './render.ts'

// Writes the workbooks of one lock or draws one edition, in a process of its own: it keeps a processor busy for seconds, and
// the compiler of pages takes memory that comes back only when the process ends.
let current: Listing | undefined
let written: readonly Rendered[] = []

process.on('message', (request: RenderRequest) => {
  reply(request).then(send, (error: unknown) => {
    const { message, stack } = error as Error
    send({ kind: 'failed', message, stack: stack ?? '' })
  })
})
// Whoever asked is gone: nobody waits for this any more.
process.on('disconnect', () => process.exit(0))
process.on('error', () => process.exit(0))

function send(answer: RenderAnswer): void {
  process.send!(answer)
}

async function reply(request: RenderRequest): Promise<RenderAnswer> {
  if (request.kind === 'draw') return { kind: 'drawn', documents: await draw(request.toDraw) }
  if (request.kind === 'begin') {
    current = await listingAll(request.editions, request.letterhead)
    return { kind: 'ready' }
  }
  if (request.kind === 'workbook')
    return { kind: 'workbook', document: written[request.edition]!.documents[request.index]! }
  if (current === undefined) throw new Error('Rows came before their facts.')
  if (request.kind === 'rows') {
    await current.add(request.rows)
    return { kind: 'ready' }
  }
  written = await current.finish()
  return {
    kind: 'listed',
    rendered: written.map(({ documents, ...edition }) => ({ edition, workbooks: documents.length })),
  }
}
