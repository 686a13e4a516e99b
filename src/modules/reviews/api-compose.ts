import { z } from 'zod'
import { byId, endpoint, instant } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { chapters } from './chapter-list.ts'

const tone = z.enum(['miss', 'soon', 'met', 'plain'])

/** How it felt: something that is kept in the lock, or why nothing is known. */
const feltChoice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('said'),
    ref: z.string().max(300).describe('Of what was felt, as the composer offers it'),
  }),
  z.object({ kind: z.literal('none'), why: z.string().min(3).max(400) }),
])

/** The story as somebody wrote it. What shows a claim, and its figure, stay those of the fact it names. */
export const editedStory = z.object({
  headline: z.string().min(3).max(240),
  claims: z
    .array(
      z.object({
        text: z.string().min(3).max(400),
        fact: z.string().max(300).describe('Of a fact of the lock, as the composer offers it'),
        felt: feltChoice,
      }),
    )
    .min(1)
    .max(5),
  ask: z.string().max(240).nullable().describe('What is to be decided; null: for information'),
})
export type EditedStory = z.output<typeof editedStory>

export const storyProblems = [
  'fact-unknown',
  'felt-unknown',
  'number-outside-lock',
  'quote-without-permission',
  'small-group',
  'private-word',
] as const
export type StoryProblemKind = (typeof storyProblems)[number]

const problem = z.object({
  kind: z.enum(storyProblems),
  where: z.string().describe('`headline`, `ask` or the position of the claim, from 1'),
  what: z.string().describe('The number, the words or the name'),
})
export type StoryProblem = z.output<typeof problem>

const composition = z.object({
  version: z.int().describe('Of what was written by hand; 0: by the rules alone'),
  editable: z.boolean(),
  drawnAt: instant.nullable().describe('When its pages were drawn again'),
  drawing: z.boolean().describe('Its pages do not say yet what is written'),
  story: editedStory,
  proposed: editedStory.describe('By the rules, from signals, near misses and changes'),
  facts: z.array(
    z.object({ ref: z.string(), tone, text: z.string(), evidence: z.array(z.string()), figure: z.string() }),
  ),
  felt: z.array(z.object({ ref: z.string(), text: z.string() })),
  problems: z.array(problem),
  chapters: z.array(
    z.object({
      number: z.int(),
      key: z.enum(chapters.map(({ key }) => key)),
      name: z.string(),
      state: z.enum(['told', 'nothing', 'no-source']),
    }),
  ),
})
export type Composition = z.output<typeof composition>

const inLanguage = z.object({ id: z.uuid(), language: z.enum(languages) })

export const getComposition = endpoint({
  method: 'GET',
  path: '/reviews/:id/composition/:language',
  summary:
    'What may be said in a review: its facts, what was felt, which sections have a source, and what is wrong so far',
  audience: 'provider',
  params: inLanguage,
  reply: composition,
})

export const writeStory = endpoint({
  method: 'PUT',
  path: '/reviews/:id/composition/:language',
  summary: 'Writes the story of a review that was not issued; it is drawn anew where nothing is wrong with it',
  audience: 'provider',
  params: inLanguage,
  body: editedStory.extend({ version: z.int().min(0).describe('Of what was read') }),
  reply: composition,
})

export const resetStory = endpoint({
  method: 'DELETE',
  path: '/reviews/:id/composition/:language',
  summary: 'Takes the story by the rules again',
  audience: 'provider',
  params: inLanguage,
  reply: composition,
})

export const cycleStates = [
  'planned',
  'data-locked',
  'drafted',
  'internal-reviewed',
  'issued',
  'held',
  'minuted',
  'actions-open',
  'closed',
] as const
export type CycleState = (typeof cycleStates)[number]

export const cycleSteps = ['review', 'hold', 'minute', 'follow', 'close'] as const
export type CycleStep = (typeof cycleSteps)[number]

const cycle = z.object({
  state: z.enum(cycleStates),
  steps: z
    .array(z.enum(cycleSteps))
    .describe('What comes next by hand; locking, writing and issuing move it by themselves'),
  meetingAt: instant.nullable(),
  issueBy: instant.nullable().describe('Five business days before the meeting'),
  attendees: z.string(),
  minutes: z.string(),
  version: z.int(),
})
export type ReviewCycle = z.output<typeof cycle>

export const getCycle = endpoint({
  method: 'GET',
  path: '/reviews/:id/cycle',
  summary: 'How far the review of this month is, from its plan until everything of it is done',
  audience: 'signed-in',
  params: byId,
  reply: cycle,
})

export const moveCycle = endpoint({
  method: 'POST',
  path: '/reviews/:id/cycle',
  summary: 'Plans the meeting, writes its minutes, or goes a step further',
  audience: 'provider',
  params: byId,
  body: z.object({
    step: z.enum(cycleSteps).optional(),
    meetingAt: instant.nullable().optional(),
    attendees: z.string().max(2000).optional(),
    minutes: z.string().max(50_000).optional(),
    version: z.int().min(0).describe('Of what was read'),
  }),
  reply: cycle,
})

const voices = z.object({
  comments: z.array(z.object({ id: z.uuid(), name: z.string(), text: z.string(), writtenAt: instant })),
  readings: z.array(z.object({ name: z.string(), readAt: instant })),
  mine: instant.nullable().describe('When the caller confirmed to have read it'),
})
export type ReviewVoices = z.output<typeof voices>

export const listVoices = endpoint({
  method: 'GET',
  path: '/reviews/:id/voices',
  summary: 'What people said of an issued review, and who confirmed to have read it',
  audience: 'signed-in',
  params: byId,
  reply: voices,
})

export const commentReview = endpoint({
  method: 'POST',
  path: '/reviews/:id/comments',
  summary: 'Says something about an issued review',
  audience: 'signed-in',
  params: byId,
  body: z.object({ text: z.string().trim().min(1).max(5000) }),
  reply: voices,
  ownTransaction: true,
})

export const confirmReading = endpoint({
  method: 'POST',
  path: '/reviews/:id/reading',
  summary: 'Confirms to have read an issued review; the first time stays',
  audience: 'signed-in',
  params: byId,
  reply: voices,
  ownTransaction: true,
})
