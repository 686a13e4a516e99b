import { type Dovecot, noDovecot, PASSWORD, startDovecot } from '../src/modules/mail/dovecot-testing.ts'
import type { Program } from '../e2e/program.ts'

/** What mails become is looked at so often. */
const LOOK_MS = 50

export type Named = { readonly id: string }

/** Asks the program's API; throws when it refuses. */
export async function api<T>({ url, token }: Program, method: string, path: string, body?: object): Promise<T> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as T
}

/** Does `work` with a real IMAP server, or says why there is none. */
export async function withDovecot(work: (server: Dovecot) => Promise<void>): Promise<void> {
  const missing = noDovecot()
  if (missing !== null) {
    process.stderr.write(`${missing}\n`)
    process.exitCode = 1
    return
  }
  const server = await startDovecot()
  try {
    await work(server)
  } finally {
    await server.end()
  }
}

/** Lets the program read a mailbox for one customer from now on. */
export async function readMailbox(program: Program, server: Dovecot, address: string): Promise<void> {
  const customer = await api<Named>(program, 'POST', '/customers', { name: 'Kunde', key: 'KD' })
  await api(program, 'POST', '/mail-accounts', {
    address,
    customer: customer.id,
    imap: { host: '127.0.0.1', port: server.port, security: 'none' },
    userName: address,
    secret: PASSWORD,
  })
}

let written = 0

/** A mail of a person to a desk, another one each time. */
export function mailOf({ from, subject }: { readonly from: string; readonly subject: string }): string {
  written += 1
  return [
    `From: Eva Muster <${from}>`,
    'To: hilfe@dienst.example',
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${written}.${Date.now()}@kunde.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Guten Morgen,\r\n\r\nder Drucker am Empfang druckt seit heute früh nicht mehr. Auf der Anzeige steht Fehler 49.',
    '',
    '> Bitte schreiben Sie uns, was auf der Anzeige steht.',
  ].join('\r\n')
}

/** Waits until a question is answered by yes; throws after so many seconds. */
export async function until(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
