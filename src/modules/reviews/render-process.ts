import { drawAgain } from './draw.ts'
import type { RenderAnswer, RenderRequest } from './render-apart.ts'
import { type Rendered, type Rendering, renderingAll } from './render.ts'

// Renders the reviews of one lock in a process of its own: it keeps a processor busy for seconds, and the compiler of pages
// takes memory that comes back only when the process ends.
let current: Rendering<readonly Rendered[]> | undefined

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
  if (request.kind === 'draw') return { kind: 'drawn', documents: await drawAgain(request.again) }
  if (request.kind === 'begin') {
    current = await renderingAll(request.editions, request.letterhead)
    return { kind: 'ready' }
  }
  if (current === undefined) throw new Error('Rows came before their facts.')
  if (request.kind === 'rows') {
    await current.add(request.rows)
    return { kind: 'ready' }
  }
  return { kind: 'done', rendered: await current.finish((share) => send({ kind: 'step', share })) }
}
