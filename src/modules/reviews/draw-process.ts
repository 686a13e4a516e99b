import { answering } from './answering.ts'
import { draw } from './draw.ts'

// Draws editions, in a process of its own that knows of nothing else: the compiler of pages takes memory that comes back only
// when the process ends.
answering<'draw'>(async ({ toDraw }) => ({ kind: 'drawn', documents: await draw(toDraw) }))
