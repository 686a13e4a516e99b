import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'

export interface TestMailServer {
  readonly port: number
  /** The mails that it took, raw, in their order; a test may take them out. */
  readonly got: string[]
  /** Says with which reply code a recipient is refused; null for none. */
  readonly state: { refuse: (address: string) => number | null }
}

/** A real mail server of the test's own that keeps what it is sent. It lets in whoever has that password. */
export async function testMailServer(password = 'geheim'): Promise<TestMailServer> {
  const got: string[] = []
  const state: TestMailServer['state'] = { refuse: () => null }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (given, _, done) => (given.password === password ? done(null, { user: 'u' }) : done(new Error('no'))),
    onRcptTo: ({ address }, _, done) => {
      const code = state.refuse(address)
      done(code === null ? null : Object.assign(new Error('refused'), { responseCode: code }))
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        got.push(Buffer.concat(chunks).toString())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { got, state, port: (server.server.address() as { readonly port: number }).port }
}
