import type { RenderAnswer, RenderRequest } from './render-apart.ts'

/** Answers, in a process of its own, whoever began it: one request after another, for as long as somebody asks. */
export function answering<Kind extends RenderRequest['kind']>(
  reply: (request: Extract<RenderRequest, { readonly kind: Kind }>) => Promise<RenderAnswer>,
): void {
  process.on('message', (request) => {
    // What the document before needed is given back before the next takes some.
    globalThis.gc?.()
    reply(request as Extract<RenderRequest, { readonly kind: Kind }>).then(send, (error: unknown) => {
      const { message, stack } = error as Error
      send({ kind: 'failed', message, stack: stack ?? '' })
    })
  })
  // Whoever asked is gone: nobody waits for this any more.
  process.on('disconnect', () => process.exit(0))
  process.on('error', () => process.exit(0))
}

function send(answer: RenderAnswer): void {
  process.send!(answer)
}
