import type { z } from 'zod'
import de from '../locales/de/input.json' with { type: 'json' }
import en from '../locales/en/input.json' with { type: 'json' }
import { monthForm } from '#core/endpoint.ts'
import { type Language, speaker, type TextValues } from '#core/text.ts'

type Word = keyof typeof en

const say = speaker<Word>({ en, de })

/** What is wrong with a piece of input and what would be right, as a sentence for people. */
export function inputWords(language: Language): z.core.$ZodErrorMap {
  return (issue) => {
    const [word, values] = wordFor(issue)
    return say(language, word, values)
  }
}

function wordFor(issue: z.core.$ZodRawIssue): [Word, TextValues] {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? ['input.missing', {}] : ['input.type', { expected: issue.expected }]
  if (issue.code === 'too_big') return [tooMuch(issue.origin), { limit: Number(issue.maximum) }]
  if (issue.code === 'too_small') {
    const limit = Number(issue.minimum)
    return issue.origin === 'string' && limit === 1 ? ['input.empty', {}] : [tooLittle(issue.origin), { limit }]
  }
  if (issue.code === 'invalid_value') return ['input.choice', { choices: issue.values.map(String).join(', ') }]
  if (issue.code === 'invalid_format') {
    // Months are the one pattern that people write by hand.
    const isMonth = 'pattern' in issue && issue.pattern === String(monthForm)
    return ['input.format', { format: isMonth ? 'month' : issue.format }]
  }
  if (issue.code === 'unrecognized_keys') return ['input.unknown', { fields: issue.keys.join(', ') }]
  return ['input.other', {}]
}

function tooMuch(origin: string): Word {
  if (origin === 'string') return 'input.text-long'
  return origin === 'array' || origin === 'set' ? 'input.list-long' : 'input.number-big'
}

function tooLittle(origin: string): Word {
  if (origin === 'string') return 'input.text-short'
  return origin === 'array' || origin === 'set' ? 'input.list-short' : 'input.number-small'
}
