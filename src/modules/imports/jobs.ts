import { z } from 'zod'
import { job } from '#platform/job.ts'

const payload = z.object({ importId: z.uuid() })

/** Takes the file of an import in. */
export const runImport = job('imports.run', payload)

/** Takes an import back. */
export const undoImport = job('imports.undo', payload)
