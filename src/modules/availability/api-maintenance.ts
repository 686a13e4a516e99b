import { z } from 'zod'
import { byId, endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { ofService, span } from './api-scope.ts'

export const maintenance = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  announcedAt: instant,
  cancelledAt: instant.nullable(),
  version: z.int(),
})
export type MaintenanceWindow = z.output<typeof maintenance>

export const listMaintenance = endpoint({
  method: 'GET',
  path: '/maintenance-windows',
  summary: 'Announced maintenance of services, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, ...span }),
  reply: pageOf(maintenance),
})

export const addMaintenance = endpoint({
  method: 'POST',
  path: '/maintenance-windows',
  summary: 'Announces maintenance of a service',
  audience: 'provider',
  body: z.object({
    ...ofService,
    title: maintenance.shape.title.trim().min(1).max(200),
    startsAt: instant,
    endsAt: instant,
    announcedAt: instant.optional().describe('Now, unless it was announced earlier elsewhere'),
  }),
  reply: maintenance,
  status: 201,
})
export type NewMaintenance = z.output<typeof addMaintenance.body>

export const cancelMaintenance = endpoint({
  method: 'POST',
  path: '/maintenance-windows/:id/cancel',
  summary: 'It does not take place: its time counts as agreed again',
  audience: 'provider',
  params: byId,
  reply: maintenance,
  match: true,
})

export const gap = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  beganAt: instant,
  endedAt: instant,
  why: z.string(),
})
export type MonitoringGap = z.output<typeof gap>

export const listGaps = endpoint({
  method: 'GET',
  path: '/monitoring-gaps',
  summary: 'When nobody watched a service, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, ...span }),
  reply: pageOf(gap),
})

export const addGap = endpoint({
  method: 'POST',
  path: '/monitoring-gaps',
  summary: 'Nobody watched a service then',
  audience: 'provider',
  body: z.object({ ...ofService, beganAt: instant, endedAt: instant, why: z.string().max(2000).default('') }),
  reply: gap,
  status: 201,
})
export type NewGap = z.output<typeof addGap.body>
