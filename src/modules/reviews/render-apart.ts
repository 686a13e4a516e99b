import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { ToDraw } from './draw.ts'
import type { IncidentRow } from './incident-row.ts'
import type { Rendered, RenderedDocument, Rendering, ToRender } from './render.ts'

export type RenderRequest =
  | { readonly kind: 'begin'; readonly editions: readonly ToRender[]; readonly letterhead: Letterhead }
  | { readonly kind: 'draw'; readonly again: ToDraw }
  | { readonly kind: 'rows'; readonly rows: readonly IncidentRow[] }
  | { readonly kind: 'finish' }

export type RenderAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'step'; readonly share: number }
  | { readonly kind: 'done'; readonly rendered: readonly Rendered[] }
  | { readonly kind: 'drawn'; readonly documents: readonly RenderedDocument[] }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }

/** A rendering in a process of its own, so that who else waits for this one is not kept waiting. */
export interface RenderingApart extends Rendering<readonly Rendered[]> {
  /** Ends the process, done or not. */
  readonly end: () => void
}

/** Draws slides and pages of a review again, in a process of its own that ends with it. */
export async function drawApart(again: ToDraw): Promise<readonly RenderedDocument[]> {
  const { ask, end } = askingProcess(() => undefined)
  try {
    const answer = await ask({ kind: 'draw', again })
    if (answer.kind !== 'drawn') throw new Error('The drawing did not answer.')
    return answer.documents
  } finally {
    end()
  }
}

interface Asking {
  /** Sends a request and waits for its answer: one at a time, so that no more than one part of the list is underway. */
  readonly ask: (request: RenderRequest) => Promise<RenderAnswer>
  readonly end: () => void
}

function askingProcess(onStep: (share: number) => void): Asking {
  const child = fork(fileURLToPath(new URL('render-process.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Rows live for a moment each: a larger nursery spares most of the collecting.
    execArgv: ['--max-semi-space-size=32'],
  })
  function ask(request: RenderRequest): Promise<RenderAnswer> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error) => settle(() => reject(error))
      const ended = () => settle(() => reject(new Error('The rendering ended before it was done.')))
      const answered = (message: unknown) => {
        const answer = message as RenderAnswer
        if (answer.kind === 'step') return onStep(answer.share)
        settle(() =>
          answer.kind === 'failed'
            ? reject(Object.assign(new Error(answer.message), { stack: answer.stack }))
            : resolve(answer),
        )
      }
      const settle = (then: () => void) => {
        child.off('error', failed).off('exit', ended).off('message', answered)
        then()
      }
      child.on('error', failed).on('exit', ended).on('message', answered)
      child.send(request, (error) => {
        if (error) failed(error)
      })
    })
  }

  return { ask, end: () => void child.kill('SIGKILL') }
}

export async function renderingApart(editions: readonly ToRender[], letterhead: Letterhead): Promise<RenderingApart> {
  let onStep: (share: number) => void = () => undefined
  const { ask, end } = askingProcess((share) => onStep(share))
  try {
    await ask({ kind: 'begin', editions, letterhead })
  } catch (error) {
    end()
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
