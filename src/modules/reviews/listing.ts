import { sql } from 'kysely'
import { type Language, languages } from '#core/text.ts'
import { system } from '#platform/context.ts'
import { connect, transaction } from '#platform/database.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { CompressedFile } from '#platform/documents/zip.ts'
import { checksumOf, listDigest } from './checksum.ts'
import { contentOf } from './content.ts'
import type { ReviewFacts } from './facts.ts'
import type { Period } from './fact-queries.ts'
import { type IncidentRow, incidentRow } from './incident-row.ts'
import { hasTables, layoutOf } from './layout.ts'
import { listRows } from './list-query.ts'
import { PAGE_ROWS } from './pages.ts'
import { documentOf, type Frozen, type RenderedDocument, type ToRender } from './render.ts'
import { restated, restatementSentences } from './restate.ts'
import { incidentSheet, reviewWorkbook, sectionsWorkbook } from './sheets.ts'
import { wordingOf } from './wording.ts'

/** Where the list of a lock is read, by a process of its own: in the snapshot that its facts were counted in. */
export interface FrozenList {
  readonly url: string
  /** As `pg_export_snapshot` names it; whoever exported it holds it until the list is read. */
  readonly snapshot: string
  readonly period: Period
}

/** An edition whose facts are complete; its workbooks are written when they are asked for, because each has some megabytes. */
export interface ListedEdition {
  readonly about: Frozen
  readonly workbooks: readonly (() => Promise<RenderedDocument>)[]
}

/** The list behind the figures being written: the facts are there, the rows come in parts. */
export interface Listing {
  readonly add: (rows: readonly IncidentRow[]) => Promise<void>
  readonly finish: () => Promise<readonly ListedEdition[]>
}

/** Writes the list of one lock once in each language, for the workbooks of all its editions. */
export async function listingAll(
  editions: readonly ToRender[],
  letterhead: Letterhead,
  spoken: readonly Language[] = languages,
): Promise<Listing> {
  const digest = listDigest()
  const first: IncidentRow[] = []
  const isListed = ({ facts }: ToRender) => layoutOf(facts).parts.has('list')
  const some = editions.find(isListed)
  const sheets =
    some === undefined
      ? []
      : await Promise.all(
          spoken.map(async (language) => ({
            language,
            sheet: await incidentSheet(
              some.facts.customer.timeZone,
              wordingOf(some.facts, language, letterhead.words[language]),
            ),
          })),
        )
  return {
    add: async (rows) => {
      digest.add(rows)
      if (first.length < PAGE_ROWS.incidents) first.push(...rows.slice(0, PAGE_ROWS.incidents - first.length))
      for (const { sheet } of sheets) await sheet.add(rows)
    },
    finish: async () => {
      const incidents = digest.finish()
      const lists = await Promise.all(
        sheets.map(async ({ language, sheet }) => ({ language, list: await sheet.close() })),
      )
      return editions.map((edition) => {
        const counted: ReviewFacts = { ...edition.facts, incidents }
        const restatement = restated(counted, edition.before)
        const facts: ReviewFacts = { ...counted, ...(restatement !== undefined && { restatement }) }
        const checksum = checksumOf(facts)
        const listed = isListed(edition)
        // Without a list it is the tables of its sections alone, where there is more in them than in the pages.
        const books: readonly { readonly language: Language; readonly list?: CompressedFile }[] = listed
          ? lists
          : hasTables(facts)
            ? spoken.map((language) => ({ language }))
            : []
        const workbooks = books.map(({ language, list }) => async () => {
          const wording = wordingOf(facts, language, letterhead.words[language])
          const content = contentOf(facts, wording, {
            checksum,
            told: edition.told[language],
            restatement: restatementSentences(facts, wording, edition.told[language]),
          })
          const made = await (list === undefined
            ? sectionsWorkbook(facts, content, wording)
            : reviewWorkbook(facts, content, wording, list))
          return documentOf(language, 'xlsx', made)
        })
        return { about: { facts, checksum, listed: listed ? first : [] }, workbooks }
      })
    },
  }
}

/** Reads the list of a lock and writes it. The next rows are read while those before are written. */
export async function listFrozen(
  { url, snapshot, period }: FrozenList,
  editions: readonly ToRender[],
  letterhead: Letterhead,
): Promise<readonly ListedEdition[]> {
  const database = connect(url, { connections: 1 })
  try {
    const listing = await listingAll(editions, letterhead)
    await transaction(database.db, system, 'read only', async (tx) => {
      await sql`set transaction isolation level repeatable read`.execute(tx)
      await sql`set transaction snapshot ${sql.lit(snapshot)}`.execute(tx)
      let written: Promise<void> = Promise.resolve()
      for await (const rows of listRows(tx, period)) {
        await written
        written = listing.add(rows.map((row) => incidentRow(row, period)))
        written.catch(() => undefined)
      }
      await written
    })
    return await listing.finish()
  } finally {
    await database.close()
  }
}
