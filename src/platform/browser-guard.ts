import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#core/failure.ts'

/** What keeps a browser from being used against us (OWASP ASVS 14.4). */
export function protectBrowser(reply: FastifyReply): void {
  reply.headers({
    'content-security-policy':
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
}

/** A write that a browser sends from another site's page is refused, whatever cookies came along. */
export function requireOwnOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Failure('forbidden', 'request.not-acceptable-origin')
  }
}
