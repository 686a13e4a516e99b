import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'

export { barredFromAdministering } from '#core/may.ts'

export const sampleStatus = z.object({
  state: z.enum(['none', 'running', 'done']).describe('Running also while it is removed'),
  progress: z.int().min(0).max(100).describe('Percent of what runs, 100 when nothing does'),
  removable: z.boolean().describe('Whether there is a sample company that can be removed now'),
})
export type SampleStatus = z.output<typeof sampleStatus>

export const getSample = endpoint({
  method: 'GET',
  path: '/sample',
  summary: 'Whether the sample company is there, and how far writing or removing it has got',
  audience: 'provider',
  reply: sampleStatus,
})

export const addSample = endpoint({
  method: 'POST',
  path: '/sample',
  summary: 'Writes the sample company in the background; only while there is no customer',
  audience: 'provider',
  body: z.object({
    tickets: z.int().min(1).max(1_000_000).default(20_000),
    months: z.int().min(1).max(60).default(12).describe('They end yesterday'),
    seed: z.string().max(100).default('1').describe('The same seed gives the same company'),
  }),
  reply: sampleStatus,
  status: 202,
})
export type SampleOrder = z.output<typeof addSample.body>

export const removeSample = endpoint({
  method: 'POST',
  path: '/sample/remove',
  summary: 'Removes the sample company and everything that belongs to its customers, in the background',
  audience: 'provider',
  reply: sampleStatus,
  status: 202,
})
