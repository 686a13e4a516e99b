import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { resolvingNeeds } from '#core/resolution.ts'
import { languages } from '#core/text.ts'

// A file of its own, because every page needs it and none of the settings: it is in the first load of the browser.

const level = z.enum(['high', 'medium', 'low'])
const priority = z.enum(['p1', 'p2', 'p3', 'p4', 'p5'])
const row = z.object({ high: priority, medium: priority, low: priority })

/** Impact, then urgency: the priority where no agreement has a matrix of its own. */
export const matrix = z.object({ high: row, medium: row, low: row })
export type UsualMatrix = z.output<typeof matrix>
export const matrixLevels = level.options
export const matrixPriorities = priority.options

/** Own words for states and pause reasons, by the name that programs use: `on-hold`. */
const wordList = z.record(z.string().regex(/^[a-z][a-z-]{0,39}$/), z.string().trim().min(1).max(60))
const words = z.object({ states: wordList, reasons: wordList })
export const wordsByLanguage = z.object({ en: words, de: words })
export type OwnWords = z.output<typeof wordsByLanguage>

const codeName = z.string().trim().min(1).max(60)

/** The list of codes, and what is asked for before something is resolved. */
export const resolving = z
  .object({
    codes: z
      .array(
        z.object({
          code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
          en: codeName,
          de: codeName,
          retired: z.boolean().default(false).describe('Not to be chosen any more'),
        }),
      )
      .max(60),
    needs: z.array(z.enum(resolvingNeeds)).max(resolvingNeeds.length),
    everybody: z.boolean().describe('Programs are asked as well as people at the desk'),
  })
  .describe('What an incident has to have before it is resolved')

export const accent = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .nullable()
export const organisation = z.string().trim().max(200).nullable()
export const timeZone = z.string().min(1).max(64).describe('IANA name, as Europe/Berlin')
export const language = z.enum(languages).describe('Of customers and people where nothing else is known')
export const passwordLeast = z.int().min(12).max(64).describe('Characters of a new password')

export const logoShown = z.object({ type: z.enum(['image/png', 'image/svg+xml']), sha256: z.string() })

export const getAppearance = endpoint({
  method: 'GET',
  path: '/appearance',
  summary: 'How this installation looks and what it calls things',
  audience: 'everybody',
  reply: z.object({
    organisation,
    accent,
    logo: logoShown.nullable(),
    language,
    timeZone,
    words: wordsByLanguage,
    matrix,
    resolving,
    passwordLeast,
  }),
})
export type Appearance = z.output<typeof getAppearance.reply>
