import { z } from 'zod'
import { roles } from '#api/people'
import { instant } from '#core/endpoint.ts'
import { retentionClassNames } from './retention-class.ts'
import { fates, subjects } from './store.ts'

/** What a works council has to know of a system that could watch people (DOMAIN §5.5), gathered from the system itself. */
export const gathered = z.object({
  at: instant,
  on: z.boolean().describe('Whether the rules for works councils hold'),
  smallest: z.object({ opinions: z.int(), work: z.int() }).describe('Groups of fewer people are hidden'),
  fields: z
    .array(
      z.object({ subject: z.enum(subjects), table: z.string(), columns: z.array(z.string()), fate: z.enum(fates) }),
    )
    .describe('Every table that knows persons'),
  reports: z
    .array(z.object({ path: z.string(), summary: z.string(), since: instant }))
    .describe('Everything that can be read, the newest first'),
  roles: z.array(
    z.object({
      role: z.enum(roles),
      reach: z.enum(['provider', 'everything', 'customer', 'books', 'apart']),
      people: z.int(),
    }),
  ),
  retention: z.array(z.object({ class: z.enum(retentionClassNames), country: z.string(), months: z.int().nullable() })),
  interfaces: z.array(z.object({ kind: z.enum(['mail', 'webhook', 'sign-in', 'chat', 'token']), name: z.string() })),
  intelligence: z.array(z.string()).describe('Functions of artificial intelligence; there is none'),
})
export type Gathered = z.output<typeof gathered>
