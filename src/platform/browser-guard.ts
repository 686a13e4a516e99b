import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#core/failure.ts'

/** What keeps a browser from being used against us (OWASP ASVS 5, 3.4). */
export function protectBrowser(request: FastifyRequest, reply: FastifyReply): void {
  // Said where somebody came by https, a browser never comes by anything less again.
  if (isEncrypted(request)) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  reply.headers({
    'content-security-policy':
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
}

/** Whether people come here by https, as configured or as they did this time. */
export function isEncrypted(request: FastifyRequest): boolean {
  return (process.env['PLUMBLINE_URL'] ?? '').startsWith('https:') || request.protocol === 'https'
}

/** A write that a browser sends from another site's page is refused, whatever cookies came along. */
export function requireOwnOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Failure('forbidden', 'request.not-acceptable-origin')
  }
}
