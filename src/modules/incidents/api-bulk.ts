import { z } from 'zod'
import { pauseReasons } from '#core/clock-terms.ts'
import { endpoint } from '#core/endpoint.ts'
import { levels } from '#api/service-levels'
import { incidentStates } from './incident.ts'

/** So many incidents are changed at once at most. */
export const bulkLimit = 500

const level = z.enum(levels)

export const changeIncidents = endpoint({
  method: 'POST',
  path: '/incidents/bulk',
  summary: 'The same change of several incidents; each is changed, or says why not, on its own',
  audience: 'provider',
  body: z.object({
    incidents: z.array(z.string().min(1).max(200)).min(1).max(bulkLimit).describe('Ids or numbers'),
    versions: z
      .record(z.string(), z.int())
      .optional()
      .describe(
        'At which version each was read, under its id or number as above; what has moved on since is left alone',
      ),
    assign: z
      .object({ team: z.string().max(200).nullable(), assignee: z.uuid().nullable() })
      .partial()
      .optional()
      .describe('What is left out stays'),
    transition: z
      .object({
        to: z.enum(incidentStates),
        reason: z.enum(pauseReasons).optional(),
        note: z.string().trim().max(100_000).optional(),
        evidence: z.string().trim().max(2000).optional(),
        resolutionCode: z.string().trim().min(1).max(100).optional(),
        workaround: z.boolean().optional(),
      })
      .optional(),
    rate: z
      .object({ impact: level, urgency: level, priorityChange: z.enum(['correction', 'worsened', 'eased']) })
      .optional(),
  }),
  reply: z.object({
    changed: z.int(),
    items: z.array(
      z.object({
        incident: z.string().describe('As it was asked for'),
        number: z.string().nullable(),
        changed: z.boolean(),
        code: z.string().nullable().describe('Why it was not'),
        message: z.string().nullable(),
        version: z.int().nullable().describe('Which it has now; null where there is none of that name'),
        before: z
          .object({
            team: z.uuid().nullable(),
            assignee: z.uuid().nullable(),
            state: z.enum(incidentStates),
            impact: level,
            urgency: level,
          })
          .nullable()
          .describe('What it was, to take the change back'),
      }),
    ),
  }),
})
export type BulkChange = z.output<typeof changeIncidents.body>
