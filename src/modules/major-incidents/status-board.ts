import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Language, languageOf, languages } from '#core/text.ts'
import { fingerprint } from '#modules/people'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import type { Loop } from '#platform/worker.ts'
import { readStatusContents, readStatusPrint } from './status-content.ts'
import { statusHtml, statusNotFound } from './status-html.ts'

/** It is asked so often whether anything changed. */
const LOOKED_EACH_MS = 2000
/** Also when nothing did: moments go by, and what was a fortnight ago goes. */
const RENEWED_EACH_MS = 60_000
/** Whoever stands between may keep it so long. */
const KEPT_SECONDS = 5

interface Rendered {
  readonly body: Buffer
  readonly etag: string
}

/** Pages by the fingerprint of the secret in their address, as they are sent. */
type Board = ReadonlyMap<string, Readonly<Record<Language, Rendered>>>

export interface StatusBoard {
  /** Renews what is in memory when something changed; to be run by every process that serves. */
  readonly loop: Loop
  /** Answers `GET /status/<key>` from memory alone: a request never reaches the database. */
  readonly serve: (server: FastifyInstance) => void
}

/** Status pages as one process keeps them. What they tell is at most seconds old; while the database is away they stay. */
export function statusBoard(): StatusBoard {
  let board: Board | null = null
  let print = ''
  let renewedAt = 0
  const nothing = bothLanguages(statusNotFound)
  return {
    loop: {
      name: 'major-incidents.status-pages',
      serving: true,
      run: async ({ db, now }) => {
        const at = now()
        await transaction(db, system, 'read only', async (tx) => {
          const seen = await readStatusPrint(tx)
          if (board !== null && seen === print && at.getTime() - renewedAt < RENEWED_EACH_MS) return
          const { provider } = await readLetterhead(tx)
          const contents = await readStatusContents(tx, at, provider)
          board = new Map(
            contents.map((content) => [
              content.fingerprint,
              bothLanguages((language) => statusHtml(content, language, at)),
            ]),
          )
          print = seen
          renewedAt = at.getTime()
        })
        return new Date(at.getTime() + LOOKED_EACH_MS)
      },
    },
    serve: (server) => {
      server.get<{ Params: { key: string }; Querystring: { lang?: unknown } }>('/status/:key', (request, reply) => {
        const { lang } = request.query
        const language = languages.find((each) => each === lang) ?? languageOf(request.headers['accept-language'])
        if (board === null) return reply.code(503).header('retry-after', '1').send()
        // The same work for a key that opens something and for one that does not.
        const found = board.get(fingerprint(request.params.key).toString('hex'))
        const { body, etag } = (found ?? nothing)[language]
        void reply
          .header('cache-control', `public, max-age=${KEPT_SECONDS}`)
          .header('vary', 'accept-language')
          .header('referrer-policy', 'no-referrer')
          .type('text/html; charset=utf-8')
        if (found === undefined) return reply.code(404).send(body)
        void reply.header('etag', etag)
        if (request.headers['if-none-match'] === etag) return reply.code(304).send()
        return reply.send(body)
      })
    },
  }
}

function bothLanguages(html: (language: Language) => string): Readonly<Record<Language, Rendered>> {
  const rendered = (language: Language) => {
    const body = Buffer.from(html(language))
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
  }
  return { en: rendered('en'), de: rendered('de') }
}
