import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import { type Language, languages } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import { getDocument, makeOrdered, queueReview, sayOfReviews } from '#modules/reviews'
import { type Context, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import { reviewSections } from '../review-sections.ts'
import type { CommandWorld } from './command.ts'

const FORMATS = ['.pptx', '.pdf', '.xlsx']
const EDITIONS = ['customer', 'internal', 'one-page'] as const

/**
 * `review --customer NAME --month YYYY-MM --out FILE [--lang de|en] [--edition customer|internal|one-page]`: makes a new version of
 * the month's review by itself, keeps it, and writes one of its documents. Without a language it is the customer's.
 */
export async function reviewCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { database, out, err, json, language } = world
  const say = (key: Parameters<typeof sayOfReviews>[1], values = {}) => sayOfReviews(language, key, values)
  if (args.includes('--help')) {
    out(`${say('command.usage')}\n\n${say('command.about')}`)
    return 0
  }
  const wrong = (sentence: string) => {
    err(`${sentence}\n${say('command.usage')}`)
    return 2
  }
  let given
  try {
    const text = { type: 'string' } as const
    given = parseArgs({
      args: [...args],
      options: { customer: text, month: text, out: text, lang: text, edition: text },
    }).values
  } catch (error) {
    return wrong((error as Error).message)
  }
  const { customer: name, month, out: file, lang, edition = 'customer' } = given
  if (name === undefined || month === undefined || file === undefined) {
    const missing = name === undefined ? '--customer' : month === undefined ? '--month' : '--out'
    return wrong(say('command.missing', { option: missing }))
  }
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return wrong(say('command.bad-month', { month }))
  const format = extname(file).toLowerCase()
  if (!FORMATS.includes(format)) return wrong(say('command.bad-file', { file }))
  if (lang !== undefined && !isLanguage(lang)) return wrong(say('command.bad-language', { language: lang }))
  if (!isEdition(edition)) return wrong(say('command.bad-edition', { edition }))

  const inTransaction = byItself(database)
  const { id, customer } = await inTransaction(async (context) => ({
    id: await queueReview(context, { customer: name, month, edition }),
    customer: await requireCustomer(context.db, name),
  }))
  err(say('command.making', { customer: customer.name, month }))
  const { version, checksum } = await makeOrdered(
    { ...database, now: () => new Date(), inTransaction },
    id,
    reviewSections,
  )
  const wanted = `review.${lang ?? customer.language}${format}`
  const { content } = await inTransaction(({ db }) => getDocument(db, id, wanted))
  try {
    await writeFile(file, content)
  } catch (error) {
    err(say('command.not-written', { file, reason: (error as Error).message }))
    return 1
  }
  out(json ? JSON.stringify({ file, version, checksum }) : say('command.done', { file, version, checksum }))
  return 0
}

function isLanguage(given: string): given is Language {
  return (languages as readonly string[]).includes(given)
}

function isEdition(given: string): given is (typeof EDITIONS)[number] {
  return (EDITIONS as readonly string[]).includes(given)
}

/** Transactions of the program itself: whoever has the machine is asked no further. */
function byItself({ db }: Database) {
  return <Result>(work: (context: Context) => Promise<Result>): Promise<Result> =>
    transaction(db, system, 'read write', (tx) =>
      work({
        db: tx,
        actor: system,
        now: new Date(),
        requestId: randomUUID(),
        listeners: {},
        enqueue: async ({ name }) => Promise.reject(new Error(`${name} cannot be queued from here`)),
      }),
    )
}
