import { fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { SHORT_LIVED } from '#platform/documents/pdf-apart.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { ToDraw } from './draw.ts'
import type { FrozenList, ListedEdition } from './listing.ts'
import type { Frozen, RenderedDocument, ToRender } from './render.ts'

export type RenderRequest =
  | {
      readonly kind: 'list'
      readonly from: FrozenList
      readonly editions: readonly ToRender[]
      readonly letterhead: Letterhead
    }
  | { readonly kind: 'workbook'; readonly edition: number; readonly index: number }
  | { readonly kind: 'draw'; readonly toDraw: ToDraw }

export type RenderAnswer =
  | { readonly kind: 'listed'; readonly editions: readonly Listed[] }
  | { readonly kind: 'workbook'; readonly document: RenderedDocument }
  | { readonly kind: 'drawn'; readonly documents: readonly RenderedDocument[] }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }

/** An edition whose workbooks are asked for one by one: each has some megabytes. */
interface Listed {
  readonly about: ListedEdition['about']
  readonly workbooks: number
}

/** What is done with a document as soon as it is there, so that no two of them are held. */
export type Keep = (document: RenderedDocument) => Promise<void>

/** Slides and pages, drawn in a process of its own. */
export interface DrawingApart {
  /** Draws one edition, in each language that is spoken. */
  readonly draw: (toDraw: ToDraw, keep: Keep) => Promise<void>
  readonly end: () => void
}

/**
 * Begins a process that draws slides and pages, for one edition or several: to begin it and its compiler of pages takes as
 * long as to draw one. That keeps some twenty megabytes of each document that it set, and gives them back to nobody else.
 */
export function drawingApart(): DrawingApart {
  const { ask, end } = askingProcess('draw-process.ts')
  return {
    draw: async (toDraw, keep) => {
      for (const language of toDraw.spoken) {
        const { documents } = await ask('drawn', { kind: 'draw', toDraw: { ...toDraw, spoken: [language] } })
        for (const document of documents) await keep(document)
      }
    },
    end,
  }
}

/** The list of one lock, written in a process of its own. */
export interface ListingApart {
  /** Complete, in the order of the editions. */
  readonly editions: readonly Frozen[]
  /** Writes the workbooks of an edition. */
  readonly books: (edition: number, keep: Keep) => Promise<void>
  readonly end: () => void
}

/**
 * Reads the list of one lock and writes it, in a process of its own: who else waits for this one is not kept waiting, and
 * its memory is given back.
 */
export async function listApart(
  from: FrozenList,
  editions: readonly ToRender[],
  letterhead: Letterhead,
): Promise<ListingApart> {
  const { ask, end } = askingProcess('list-process.ts')
  try {
    // Workbooks have no slides.
    const list = { kind: 'list', from, editions, letterhead: { ...letterhead, slideMaster: null } } as const
    const listed = (await ask('listed', list)).editions
    return {
      editions: listed.map(({ about }) => about),
      books: async (edition, keep) => {
        for (let index = 0; index < listed[edition]!.workbooks; index += 1)
          await keep((await ask('workbook', { kind: 'workbook', edition, index })).document)
      },
      end,
    }
  } catch (error) {
    end()
    throw error
  }
}

type AnswerOf<Kind extends RenderAnswer['kind']> = Extract<RenderAnswer, { readonly kind: Kind }>

interface Asking {
  /** Sends a request and waits for its answer: one at a time, so that no more than one document is underway. */
  readonly ask: <Kind extends RenderAnswer['kind']>(kind: Kind, request: RenderRequest) => Promise<AnswerOf<Kind>>
  readonly end: () => void
}

function askingProcess(file: 'list-process.ts' | 'draw-process.ts'): Asking {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), SHORT_LIVED)
  giveWay(child.pid)
  return {
    ask: (kind, request) =>
      new Promise((resolve, reject) => {
        const failed = (error: Error) => settle(() => reject(error))
        const ended = () => settle(() => reject(new Error('The rendering ended before it was done.')))
        const answered = (message: unknown) => {
          const answer = message as RenderAnswer
          settle(() => {
            if (answer.kind === 'failed') reject(Object.assign(new Error(answer.message), { stack: answer.stack }))
            else if (answer.kind === kind) resolve(answer as AnswerOf<typeof kind>)
            else reject(new Error(`The rendering answered “${answer.kind}” to “${request.kind}”.`))
          })
        }
        const settle = (then: () => void) => {
          child.off('error', failed).off('exit', ended).off('message', answered)
          then()
        }
        child.on('error', failed).on('exit', ended).on('message', answered)
        child.send(request, (error) => {
          if (error) failed(error)
        })
      }),
    end: () => void child.kill('SIGKILL'),
  }
}

/** Who works at the desk goes before a document in the making. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the machine does not allow it: then it takes its turn as any other.
  }
}
