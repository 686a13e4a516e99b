import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'

export const printAgreement = endpoint({
  method: 'GET',
  path: '/agreements/:id/versions/:versionId/document',
  summary: 'A version on paper (PDF), to be read and signed: targets, hours, holidays, every term in sentences',
  audience: 'signed-in',
  params: z.object({ id: z.uuid(), versionId: z.uuid() }),
  query: z.object({ lang: z.enum(languages).optional().describe('The caller’s own unless given') }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})
