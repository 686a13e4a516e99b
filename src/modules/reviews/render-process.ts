import { draw } from './draw.ts'
import { type ListedEdition, listFrozen } from './listing.ts'
import type { RenderAnswer, RenderRequest } from './render-apart.ts'

// Lists what is behind one lock or draws one edition, in a process of its own: it keeps a processor busy for seconds, and
// the compiler of pages takes memory that comes back only when the process ends.
let listed: readonly ListedEdition[] = []

process.on('message', (request: RenderRequest) => {
  // What the document before needed is given back before the next takes some.
  globalThis.gc?.()
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
  if (request.kind === 'workbook')
    return { kind: 'workbook', document: await listed[request.edition]!.workbooks[request.index]!() }
  listed = await listFrozen(request.from, request.editions, request.letterhead)
  return {
    kind: 'listed',
    editions: listed.map(({ about, workbooks }) => ({ about, workbooks: workbooks.length })),
  }
}
