import { z } from 'zod'
import { byId, endpoint, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { incidentPage, incidentStates, pauseReasons } from '#api/incidents'
import { textFields } from './fields.ts'

export { barredFromManaging, barredFromWorking } from '#core/may.ts'
export { textFields } from './fields.ts'

/** Whose it is. */
export const scopes = ['mine', 'team', 'everybody'] as const
export type Scope = (typeof scopes)[number]

const ofIncident = z.object({ id: z.string().max(200).describe('Id or number of an incident') })
const fields = textFields.map((field) => `{${field}}`).join(', ')
const words = z.string().trim().max(20_000).describe(`Fields in braces are filled in: ${fields}`)

const belonging = {
  name: z.string().trim().min(1).max(120),
  customer: z.string().max(200).nullable().default(null).describe('Id or name; null for all'),
  scope: z.enum(scopes).default('mine').describe('Whose it is'),
  team: z.string().max(200).optional().describe('Id or name; for that of a team'),
}

const belongs = {
  id: z.uuid(),
  name: z.string(),
  customer: named.nullable(),
  scope: z.enum(scopes),
  team: named.nullable(),
  version: z.int(),
}

export const textTemplate = z.object({ ...belongs, language: z.enum(languages), text: z.string() })
export type TextTemplate = z.output<typeof textTemplate>

const newTemplate = z.object({ ...belonging, language: z.enum(languages), text: words.min(1) })
export type NewTextTemplate = z.output<typeof newTemplate>

export const listTextTemplates = endpoint({
  method: 'GET',
  path: '/text-templates',
  summary: 'Words to use again: the caller’s own, their teams’ and everybody’s',
  audience: 'provider',
  reply: z.object({ items: z.array(textTemplate), fields: z.array(z.string()).describe('What may stand in braces') }),
})

export const addTextTemplate = endpoint({
  method: 'POST',
  path: '/text-templates',
  summary: 'Adds words to use again; a field that there is not is refused',
  audience: 'provider',
  body: newTemplate,
  reply: textTemplate,
  status: 201,
})

export const changeTextTemplate = endpoint({
  method: 'PUT',
  path: '/text-templates/:id',
  summary: 'Says them anew',
  audience: 'provider',
  params: byId,
  body: newTemplate,
  reply: textTemplate,
  match: true,
})

export const removeTextTemplate = endpoint({
  method: 'DELETE',
  path: '/text-templates/:id',
  summary: 'Takes them away',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

const steps = {
  text: words.default('').describe('A note, or the resolution when it resolves'),
  visibility: z.enum(['internal', 'public']).default('internal'),
  toState: z.enum(incidentStates).exclude(['new', 'assigned']).nullable().default(null),
  reason: z.enum(pauseReasons).nullable().default(null).describe('Why it waits; needed for on-hold'),
  resolutionCode: z.string().trim().min(1).max(100).nullable().default(null).describe('How it ends, when it resolves'),
  category: z.string().trim().min(1).max(200).nullable().default(null),
  toTeam: z.string().max(200).nullable().default(null).describe('Id or name of the team that gets it'),
  takes: z.boolean().default(false).describe('Whoever uses it takes the incident'),
}

export const macro = z.object({
  ...belongs,
  text: z.string(),
  visibility: z.enum(['internal', 'public']),
  toState: z.enum(incidentStates).nullable(),
  reason: z.enum(pauseReasons).nullable(),
  resolutionCode: z.string().nullable(),
  category: z.string().nullable(),
  toTeam: named.nullable(),
  takes: z.boolean(),
})
export type Macro = z.output<typeof macro>

const newMacro = z.object({ ...belonging, ...steps })
export type NewMacro = z.output<typeof newMacro>

export const listMacros = endpoint({
  method: 'GET',
  path: '/macros',
  summary: 'Steps that are taken together: the caller’s own, their teams’ and everybody’s',
  audience: 'provider',
  reply: z.object({ items: z.array(macro) }),
})

export const addMacro = endpoint({
  method: 'POST',
  path: '/macros',
  summary: 'Adds steps to take together',
  audience: 'provider',
  body: newMacro,
  reply: macro,
  status: 201,
})

export const changeMacro = endpoint({
  method: 'PUT',
  path: '/macros/:id',
  summary: 'Says anew what it does',
  audience: 'provider',
  params: byId,
  body: newMacro,
  reply: macro,
  match: true,
})

export const removeMacro = endpoint({
  method: 'DELETE',
  path: '/macros/:id',
  summary: 'Takes a macro away',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const readyWords = endpoint({
  method: 'GET',
  path: '/incidents/:id/ready-words',
  summary: 'What may be used for an incident, its words filled in; in the customer’s language first',
  audience: 'provider',
  params: ofIncident,
  reply: z.object({
    templates: z.array(textTemplate),
    macros: z.array(macro.extend({ possible: z.boolean().describe('Its state can be reached from here') })),
  }),
})
export type ReadyWords = z.output<typeof readyWords.reply>

export const useMacro = endpoint({
  method: 'POST',
  path: '/incidents/:id/macros',
  summary: 'Takes all steps of a macro, or none',
  audience: 'provider',
  params: ofIncident,
  body: z.object({
    macro: z.uuid(),
    text: z.string().trim().max(100_000).optional().describe('Said instead of its own words'),
  }),
  reply: incidentPage,
})
