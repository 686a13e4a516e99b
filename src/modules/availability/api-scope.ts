import { z } from 'zod'
import { instant } from '#core/endpoint.ts'

export const idOrName = z.string().max(200).describe('Id or name')
/** What belongs to one service of one customer. */
export const ofService = { customer: idOrName, service: idOrName }
/** What is asked for of a stretch of time. */
export const span = {
  customer: idOrName.optional(),
  service: idOrName.optional(),
  from: instant.optional().describe('What ended before it is left out'),
  to: instant.optional().describe('What began then or later is left out'),
}
