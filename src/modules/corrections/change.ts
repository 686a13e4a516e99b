import { z } from 'zod'
import { instant, localDate } from '#core/endpoint.ts'
import { pauseReasons } from '#core/clock-terms.ts'
import { lateFact } from '#api/availability'
import { approvalSides } from '#api/requests'
import { openWindow } from '#api/service-levels'

/** Why a result is taken out of the figures (DOMAIN §3.3). */
export const exclusionReasons = ['customer-caused', 'force-majeure', 'agreed', 'duplicate', 'data-error'] as const

const incident = z.string().min(1).max(200).describe('Id or number')
const request = z.string().min(1).max(200).describe('Id or number of an order')
const fact = z.uuid().describe('Of the incident’s history')

/** What is changed once a correction is approved (DOMAIN §3.1.8). */
export const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('late-holiday'),
    calendar: z.uuid(),
    date: localDate.describe('A day that is over, in the calendar’s zone'),
    windows: z.array(openWindow).max(20).default([]).describe('Empty: nobody was there'),
    label: z.string().max(100).default(''),
  }),
  z.object({ kind: z.literal('corrected-timestamp'), incident, fact, occurredAt: instant }),
  z.object({
    kind: z.literal('disputed-pause'),
    incident,
    fact: fact.describe('The beginning of the pause'),
    waitedFor: z.enum(pauseReasons).describe('What it really waited for; whether that pauses is the agreement’s word'),
  }),
  z.object({
    kind: z.literal('late-pause'),
    incident,
    from: instant.describe('From when on it was waited, which nobody recorded'),
    to: instant.describe('When work went on; over by now, and before the next step of the incident'),
    waitedFor: z.enum(pauseReasons).describe('Whether that pauses is the agreement’s word'),
  }),
  z.object({
    kind: z.literal('wrong-agreement'),
    incident,
    service: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .describe('Id or name of the service whose agreement holds; null: none'),
  }),
  z.object({
    kind: z.literal('back-dated-contract'),
    agreement: z.uuid(),
    version: z.uuid().describe('A draft that begins in the past'),
  }),
  z.object({ kind: z.literal('exclusion'), clock: z.uuid(), excludedFor: z.enum(exclusionReasons) }),
  z.object({
    kind: z.literal('order-timestamp'),
    request,
    fact: fact.describe('Of the order’s history, and one that its promise is counted from'),
    occurredAt: instant,
  }),
  z.object({
    kind: z.literal('order-pause'),
    request,
    fact: fact.describe('By which somebody was asked for approval'),
    waitedFor: z.enum(approvalSides).describe('Whose decision it really waited for; only the customer’s pauses'),
  }),
  z.object({
    kind: z.literal('order-agreement'),
    request,
    service: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .describe('Id or name of the service whose agreement held when it was ordered; null: none'),
  }),
  z.object({ kind: z.literal('order-exclusion'), request, excludedFor: z.enum(exclusionReasons) }),
  z.object({
    kind: z.literal('availability'),
    fact: lateFact.describe('What was not known when a month was locked'),
    about: z
      .object({ service: z.uuid(), from: instant, to: instant.nullable() })
      .optional()
      .describe('Of which service, and when; answered, and not to be given'),
  }),
])
export type Change = z.output<typeof change>

export const correctionStates = ['draft', 'computing', 'computed', 'approved', 'applied', 'rejected', 'failed'] as const
export type CorrectionState = (typeof correctionStates)[number]
