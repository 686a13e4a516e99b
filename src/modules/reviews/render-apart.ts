import { Worker } from 'node:worker_threads'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import type { Rendered, Rendering } from './render.ts'

export type RenderRequest =
  | { readonly kind: 'begin'; readonly facts: Omit<ReviewFacts, 'incidents'> }
  | { readonly kind: 'rows'; readonly rows: readonly IncidentRow[] }
  | { readonly kind: 'finish' }

export type RenderAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'step'; readonly share: number }
  | { readonly kind: 'done'; readonly rendered: Rendered }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }

/** A rendering in a thread of its own, so that who else waits for this process is not kept waiting. */
export interface RenderingApart extends Rendering {
  /** Ends the thread, done or not. */
  readonly end: () => Promise<void>
}

export async function renderingApart(facts: Omit<ReviewFacts, 'incidents'>): Promise<RenderingApart> {
  const worker = new Worker(new URL('render-thread.ts', import.meta.url), {
    execArgv: [],
    // Rows live for a moment each: a larger nursery spares most of the collecting.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
  let onStep: (share: number) => void = () => undefined

  /** Sends a request and waits for its answer: one at a time, so that no more than one part of the list is underway. */
  function ask(request: RenderRequest): Promise<RenderAnswer> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error) => settle(() => reject(error))
      const ended = () => settle(() => reject(new Error('The rendering ended before it was done.')))
      const answered = (answer: RenderAnswer) => {
        if (answer.kind === 'step') return onStep(answer.share)
        settle(() =>
          answer.kind === 'failed'
            ? reject(Object.assign(new Error(answer.message), { stack: answer.stack }))
            : resolve(answer),
        )
      }
      const settle = (then: () => void) => {
        worker.off('error', failed).off('exit', ended).off('message', answered)
        then()
      }
      worker.on('error', failed).on('exit', ended).on('message', answered)
      // A thread is no window: there is no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(request)
    })
  }

  const end = async () => void (await worker.terminate())
  try {
    await ask({ kind: 'begin', facts })
  } catch (error) {
    await end()
    throw error
  }
  return {
    add: async (rows) => void (await ask({ kind: 'rows', rows })),
    finish: async (step) => {
      onStep = step
      const answer = await ask({ kind: 'finish' })
      if (answer.kind !== 'done') throw new Error('The rendering did not answer.')
      return answer.rendered
    },
    end,
  }
}
