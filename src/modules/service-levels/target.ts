import { z } from 'zod'
import { siteTypes } from '#api/sites'
import { dayReadings } from '#core/promised-due.ts'
import { clockMetrics, priorities } from './agreement.ts'

export const reportedTimes = ['within-hours', 'outside-hours'] as const

const conditions = z
  .object({
    service: z.string().max(200).optional().describe('Id (or, when sent, name)'),
    category: z.string().trim().min(1).max(200).optional().describe('In any case of letters'),
    siteType: z.enum(siteTypes).optional(),
    reported: z.enum(reportedTimes).optional().describe('Whether it was opened within the hours that it is counted in'),
  })
  .describe('Holds only where all of these are so; of several targets the one with the most conditions, then the first')

export const days = z
  .object({ count: z.int().min(1).max(3650), reading: z.enum(dayReadings) })
  .describe(
    'A promise in days: each 24 hours of service time, or working days until the same time of day, or until closing time',
  )

const share = z.int().min(1).max(10_000)
/** Of zero is said what it means, where it is stored. */
const seconds = z
  .int()
  .min(0)
  .max(10 * 365 * 86_400)

export const target = z.object({
  metric: z.enum(clockMetrics),
  priority: z.enum(priorities),
  targetSeconds: seconds.describe('Service time; of a promise in working days that of usual ones'),
  attainmentBp: share.describe('Share to be met in basis points: 9500 is 95 %'),
  expectedBp: share.optional().describe('A share that is hoped for'),
  minimumBp: share.optional().describe('A share below which it is more than missed'),
  when: conditions.optional(),
  days: days.optional(),
})
export type Target = z.output<typeof target>

/** What is promised for what is ordered. */
export const fulfilmentPromise = z.object({
  item: z.string().max(200).optional().describe('Id (or, when sent, name) of an item of the catalogue'),
  service: z.string().max(200).optional().describe('Id (or, when sent, name); with neither it is for all orders'),
  targetSeconds: seconds.describe('Service time; of a promise in working days that of usual ones'),
  days: days.optional(),
  attainmentBp: share.describe('Share to be met in basis points'),
})

export const newTarget = target
  .extend({ targetSeconds: seconds.optional().describe('Service time; not needed with days') })
  .refine(({ targetSeconds, days: inDays }) => targetSeconds !== undefined || inDays !== undefined, {
    path: ['targetSeconds'],
  })
export type NewTarget = z.output<typeof newTarget>
