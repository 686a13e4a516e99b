import type { FastifyRequest } from 'fastify'

/**
 * Whether calendar programs read this address, again and again. They know names and passwords alone, so here and nowhere
 * else a token may come as the password of `Basic`: a browser that was once given one sends it along to everything below
 * the same folder from then on, also from other sites' pages, and would be its token there instead of whoever signed in.
 */
export function isFeed({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return url.split('?', 1)[0]!.endsWith('.ics')
}

/**
 * How somebody unknown is told to say who they are. A calendar program asks for a name and a password only where it is told
 * to; a browser is not, since people would type their own password into its box.
 */
export function challengeOf(request: FastifyRequest): string {
  const isBrowser = request.headers['sec-fetch-mode'] !== undefined
  return isFeed(request) && !isBrowser ? 'Basic realm="Plumbline", charset="UTF-8"' : 'Bearer'
}
