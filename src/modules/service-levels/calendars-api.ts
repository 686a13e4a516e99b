import { z } from 'zod'
import { byId, endpoint, instant, localDate, page, pageOf } from '#core/endpoint.ts'
import { agreementTypes } from './chain-api.ts'

const name = z.string().trim().min(1).max(200)
const customerName = z.string().max(200).describe('Id or name')

export const openWindow = z.object({
  opens: z.int().min(0).max(1440).describe('Minutes after local midnight'),
  closes: z.int().min(1).max(2880).describe('Exclusive; over 1440 it runs into the next day'),
})

const exception = z.object({
  date: localDate,
  windows: z.array(openWindow).max(20),
  label: z.string().max(100).default('').describe('What people call the day'),
})

export const holidaySource = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  state: z.string().max(10).optional(),
  region: z.string().max(10).optional(),
})

export const calendarRules = z.object({
  timeZone: z.string().min(1).max(64),
  week: z.array(z.array(openWindow).max(20)).length(7).describe('Monday first'),
  exceptions: z.array(exception).max(2000).default([]),
})

export const calendarVersion = z.object({
  id: z.uuid(),
  validFrom: instant,
  validTo: instant.nullable(),
  rules: calendarRules,
  holidays: holidaySource.nullable(),
})
export type CalendarVersionView = z.output<typeof calendarVersion>

export const calendar = z.object({
  id: z.uuid(),
  customerId: z.uuid().nullable(),
  name: z.string(),
  kind: z.string(),
  versions: z.array(calendarVersion).describe('The newest first'),
  version: z.int(),
})
export type Calendar = z.output<typeof calendar>

const calendarTerms = {
  rules: calendarRules,
  holidays: holidaySource.optional().describe('Public holidays of this place become exceptions of the version'),
}

export const listCalendars = endpoint({
  method: 'GET',
  path: '/calendars',
  summary: 'Calendars that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional(), customer: customerName.optional() }),
  reply: pageOf(calendar),
})

export const getCalendar = endpoint({
  method: 'GET',
  path: '/calendars/:id',
  summary: 'One calendar with its versions',
  audience: 'signed-in',
  params: byId,
  reply: calendar,
})

export const addCalendar = endpoint({
  method: 'POST',
  path: '/calendars',
  summary: 'A new calendar; its first version holds from the beginning of time',
  audience: 'provider',
  body: z.object({ name, customer: customerName.optional(), ...calendarTerms }),
  reply: calendar,
  status: 201,
})
export type NewCalendar = z.output<typeof addCalendar.body>

export const addCalendarVersion = endpoint({
  method: 'POST',
  path: '/calendars/:id/versions',
  summary: 'Other hours from a moment on; what held before stays as it was',
  audience: 'provider',
  params: byId,
  body: z.object({ validFrom: instant, ...calendarTerms }),
  reply: calendar,
  status: 201,
  match: true,
})
export type NewCalendarVersion = z.output<typeof addCalendarVersion.body>

export const listCalendarUses = endpoint({
  method: 'GET',
  path: '/calendars/:id/uses',
  summary: 'The agreements whose clocks run in these hours, and how many of their clocks are open',
  audience: 'signed-in',
  params: byId,
  reply: z.object({
    agreements: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        type: z.enum(agreementTypes),
        customerId: z.uuid(),
        customerName: z.string(),
        versions: z.array(z.int()).describe('Numbers of the versions that say so, drafts among them'),
        inForce: z.boolean().describe('One of them holds now or will'),
      }),
    ),
    openClocks: z.int().describe('That are counted in these hours and have not ended'),
  }),
})
export type CalendarUses = z.output<typeof listCalendarUses.reply>

export const listHolidays = endpoint({
  method: 'GET',
  path: '/holidays',
  summary: 'Public holidays of a country, state or region in a year, as a proposal',
  audience: 'signed-in',
  query: z.object({
    country: z.string().regex(/^[A-Z]{2}$/),
    state: z.string().max(10).optional(),
    region: z.string().max(10).optional(),
    year: z.coerce.number().int().min(1970).max(2100),
  }),
  reply: z.object({ items: z.array(z.object({ date: localDate, name: z.string() })) }),
})

export const listHolidayPlaces = endpoint({
  method: 'GET',
  path: '/holidays/places',
  summary: 'Countries whose holidays are known, or the states and regions of one',
  audience: 'signed-in',
  query: z.object({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    state: z.string().max(10).optional(),
  }),
  reply: z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }),
})
