import { answering } from './answering.ts'
import { type ListedEdition, listFrozen } from './listing.ts'

// Lists what is behind one lock, in a process of its own: it keeps a processor busy for seconds.
let listed: readonly ListedEdition[] = []

answering<'list' | 'workbook'>(async (request) => {
  if (request.kind === 'workbook')
    return { kind: 'workbook', document: await listed[request.edition]!.workbooks[request.index]!() }
  listed = await listFrozen(request.from, request.editions, request.letterhead)
  return {
    kind: 'listed',
    editions: listed.map(({ about, workbooks }) => ({ about, workbooks: workbooks.length })),
  }
})
