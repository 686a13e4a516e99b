import { SMTPServer } from 'smtp-server'
import { expect, inject } from 'vitest'
import { PASSWORD } from '../src/modules/mail/dovecot-testing.ts'

export const REQUESTER = { email: 'eva@walzwerk.example', password: 'ein langes Passwort für Eva' } as const
export const DESK_ADDRESS = 'hilfe@dienst.example'

/** Asks the program's API in the administrator's name. */
export async function api<T>(method: string, path: string, body?: object, version?: number): Promise<T> {
  const { url, token } = inject('program')
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}: ${reply.ok ? '' : await reply.text()}`).toBe(true)
  return (await reply.json()) as T
}

interface Named {
  readonly id: string
  readonly name: string
}

export interface Listed {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: string
  readonly clocks: readonly { readonly id: string; readonly metric: string; readonly state: string }[]
}

/** A customer with a promise, and Eva, who works there and can sign in to the portal. */
export async function walzwerk() {
  const { url } = inject('program')
  const customer = await api<Named>('POST', '/customers', {
    name: 'Walzwerk Süd',
    key: 'WZ',
    language: 'de',
    timeZone: 'Europe/Berlin',
  })
  const service = await api<Named>('POST', '/services', { customer: customer.id, name: 'Lagerscanner' })
  const day = [{ opens: 0, closes: 1440 }]
  const rules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, day, day, day], exceptions: [] }
  const calendar = await api<Named>('POST', '/calendars', {
    name: 'Walzwerk rund um die Uhr',
    customer: customer.id,
    rules,
  })
  const targets = (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority) =>
    (['response', 'resolution'] as const).map((metric) => ({
      metric,
      priority,
      targetSeconds: metric === 'response' ? 3600 : 8 * 3600,
      attainmentBp: 9000,
    })),
  )
  const agreement = { name: 'Walzwerk', customer: customer.id, calendar: calendar.id, activate: true, targets }
  await api('POST', '/agreements', { ...agreement, validFrom: '2026-01-01T00:00:00Z' })
  const asked = { email: REQUESTER.email, name: 'Eva Muster', role: 'requester', customer: customer.id, language: 'de' }
  const { link } = await api<{ link: string }>('POST', '/invitations', asked)
  const accepted = await fetch(`${url}/api/v1/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(link).hash.slice(1), password: REQUESTER.password }),
  })
  expect(accepted.ok).toBe(true)
  const list = async (query: string) =>
    (await api<{ items: Listed[] }>('GET', `/incidents?customer=${customer.id}&${query}`)).items
  return { customer, service, list }
}

/** What left the program by mail. */
export interface SentMail {
  readonly to: string
  readonly raw: string
  readonly messageId: string
}

/** A real SMTP server that keeps what it is given, until the test is over. */
export async function outgoingServer() {
  const sent: SentMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, { user: 'desk' }),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        const messageId = /^Message-ID:\s+(<[^>]+>)/im.exec(raw)?.[1] ?? ''
        sent.push({ to: envelope.rcptTo[0]?.address ?? '', raw, messageId })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { readonly port: number }
  return { sent, port, end: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

/** Lets the program read and send by these servers for one customer, until it is paused. */
export async function mailbox(ports: { imap: number; smtp: number }, about: { customer: string; service: string }) {
  const server = (port: number) => ({ host: '127.0.0.1', port, security: 'none' })
  const { id } = await api<Named>('POST', '/mail-accounts', {
    address: DESK_ADDRESS,
    name: 'Hilfe',
    ...about,
    imap: server(ports.imap),
    smtp: server(ports.smtp),
    userName: DESK_ADDRESS,
    secret: PASSWORD,
  })
  return { pause: () => api('PATCH', `/mail-accounts/${id}`, { paused: true }, 1) }
}

export interface Written {
  readonly from: string
  readonly id: string
  readonly subject: string
  readonly text: string
  readonly answers?: string
  readonly picture?: Buffer
}

/** A mail as people’s programs write it, in German, perhaps with a screenshot. */
export function mailOf({ from, id, subject, text, answers, picture }: Written): string {
  const encoded = (word: string) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`
  const body = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text]
  const part = [
    '--grenze',
    ...body,
    '--grenze',
    'Content-Type: image/png; name="bildschirm.png"',
    'Content-Disposition: attachment; filename="bildschirm.png"',
    'Content-Transfer-Encoding: base64',
    '',
    picture?.toString('base64').replace(/.{76}/g, '$&\r\n') ?? '',
    '--grenze--',
  ]
  return [
    `From: ${from}`,
    `To: ${DESK_ADDRESS}`,
    `Subject: ${encoded(subject)}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${id}@walzwerk.example>`,
    'MIME-Version: 1.0',
    ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
    ...(picture === undefined ? body : ['Content-Type: multipart/mixed; boundary="grenze"', '', ...part]),
  ].join('\r\n')
}
