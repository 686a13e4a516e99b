import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'
import fastify from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTracing, traced } from './tracing.ts'

test('without an address to send to nothing is traced', async () => {
  expect(await startTracing({})).toBeNull()
  expect(await traced('work', async () => 7)).toBe(7)
})

test('a request and what is done for it go out as one trace, below that of the caller, with nothing that was sent', async () => {
  const received: { readonly path: string; readonly text: string }[] = []
  const collector = createServer((request, reply) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const bytes = Buffer.concat(pieces)
      const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
      received.push({ path: request.url!, text: plain.toString('latin1') })
      reply.end()
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void collector.close())
  const { port } = collector.address() as { readonly port: number }
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const tracing = (await startTracing(process.env))!
  const server = fastify()
  tracing.requests(server)
  server.get('/people/:id', () => traced('transaction', async () => ({ fine: true })))

  const caller = 'a'.repeat(32)
  const headers = { traceparent: `00-${caller}-${'b'.repeat(16)}-01` }
  await server.inject({ url: '/people/zora.geheim?q=Zora', headers })
  await tracing.stop()

  expect(received.map(({ path }) => path)).toEqual(['/v1/traces'])
  const { text } = received[0]!
  expect(text).toContain('GET /people/:id')
  expect(text).toContain('transaction')
  // Both spans name the trace of the caller, in bytes.
  expect(text.split('\u00aa'.repeat(16))).toHaveLength(3)
  expect(text).not.toMatch(/zora/i)
})
