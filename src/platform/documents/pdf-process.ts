import { type PageSource, pdfFrom } from './typst.ts'

// Sets one document in a process of its own: the compiler takes memory that comes back only when the process ends.
process.once('message', (source: PageSource) => {
  pdfFrom(source).then(
    (pdf) => process.send!({ pdf }, () => process.exit(0)),
    (error: unknown) => process.send!({ message: String(error) }, () => process.exit(1)),
  )
})
// Whoever asked is gone: nobody waits for this any more.
process.on('disconnect', () => process.exit(0))
