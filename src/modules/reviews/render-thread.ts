import { parentPort } from 'node:worker_threads'
import { type Rendering, rendering } from './render.ts'
import type { RenderAnswer, RenderRequest } from './render-apart.ts'

// Renders one review in a thread of its own: it keeps a processor busy for seconds, and the compiler of pages keeps memory
// that only the end of the thread gives back.
const port = parentPort!
let current: Rendering | undefined

port.on('message', (request: RenderRequest) => {
  answer(request).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      const { message, stack } = error as Error
      port.postMessage({ kind: 'failed', message, stack: stack ?? '' } satisfies RenderAnswer)
    },
  )
})

async function answer(request: RenderRequest): Promise<RenderAnswer> {
  if (request.kind === 'begin') {
    current = await rendering(request.facts)
    return { kind: 'ready' }
  }
  if (current === undefined) throw new Error('Rows came before their facts.')
  if (request.kind === 'rows') {
    await current.add(request.rows)
    return { kind: 'ready' }
  }
  const rendered = await current.finish((share) => port.postMessage({ kind: 'step', share } satisfies RenderAnswer))
  return { kind: 'done', rendered }
}
