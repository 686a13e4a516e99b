import type { Compilable, Insertable } from 'kysely'
import type { DB } from '#db'
import { newId } from '#core/id.ts'
import type { Language } from '#core/text.ts'
import type { Context, Db } from '#platform/context.ts'
import { configurationOf } from '#platform/configuration.ts'
import type { AccountRow } from './account.ts'
import { filled, templateFor } from './template.ts'
import type { TemplateKind } from './template-kinds.ts'
import type { Tokens } from './token.ts'

/** A mail that is to go out. */
export interface Outgoing {
  readonly account: Pick<AccountRow, 'id' | 'address'>
  readonly kind: TemplateKind
  /** Null where it is about none. */
  readonly incident: { readonly id: string; readonly number: string; readonly title: string } | null
  /** Where it leads, if not to the incident in the portal. */
  readonly link?: string
  readonly customer: { readonly id: string; readonly name: string }
  readonly recipient: { readonly name: string; readonly email: string; readonly language: Language }
  /** What is told, in the words of who tells it. */
  readonly text: string
  /** Of what was resolved, when it is closed by itself, as a sentence; empty where it is not. */
  readonly closes?: string
  /** Message-IDs of the thread, the oldest first. */
  readonly thread: readonly string[]
  /** The fact that it tells, or the mail that it confirms. */
  readonly factId: string
}

/** The statement that writes a mail into the outbox; one for the same fact and recipient is not written twice. */
export async function writeOutgoing({ db, now }: Context, mail: Outgoing, { tokenOf }: Tokens): Promise<Compilable> {
  const { account, kind, incident, customer, recipient, thread } = mail
  const template = await templateFor(db, { customerId: customer.id, kind, language: recipient.language })
  const { subject, body } = filled(template, {
    number: incident?.number ?? '',
    title: incident?.title ?? '',
    customer: customer.name,
    name: recipient.name,
    text: mail.text,
    closes: mail.closes ?? '',
    link: mail.link ?? `${configurationOf(process.env).url}/portal/reports/${incident?.number ?? ''}`,
  })
  const id = newId(now.getTime())
  const domain = account.address.slice(account.address.lastIndexOf('@') + 1)
  const row: Insertable<DB['outgoingMail']> = {
    id,
    accountId: account.id,
    customerId: customer.id,
    incidentId: incident?.id ?? null,
    factId: mail.factId,
    kind,
    recipient: recipient.email,
    recipientName: recipient.name,
    messageId: `${id}.${incident === null ? 'plumbline' : tokenOf(incident.id)}@${domain}`,
    inReplyTo: thread.at(-1) ?? null,
    thread: thread.slice(-MOST_OF_THREAD),
    subject: subject.slice(0, 500).toWellFormed(),
    text: body,
    html: htmlOf(body, kind === 'survey' ? `${configurationOf(process.env).url}/answer?score=` : null),
    automatic: kind === 'received' || kind === 'survey',
    createdAt: now,
    dueAt: now,
  }
  return db
    .insertInto('outgoingMail')
    .values(row)
    .onConflict((conflict) => conflict.columns(['factId', 'recipient']).doNothing())
}

/** Servers refuse headers without end. */
const MOST_OF_THREAD = 30

/** Message-IDs of what came and went about an incident, the oldest first. */
export async function threadOf(db: Db, incidentId: string): Promise<readonly string[]> {
  const came = await db
    .selectFrom('receivedMail')
    .select(['messageId as id', 'takenAt as at'])
    .where('incidentId', '=', incidentId)
    .where('outcome', 'in', ['ticket', 'reply'])
    .execute()
  const went = await db
    .selectFrom('outgoingMail')
    .select(['messageId as id', 'createdAt as at'])
    .where('incidentId', '=', incidentId)
    // What the program wrote to people of ours is known to nobody else.
    .where('personId', 'is', null)
    .execute()
  const all = [...came, ...went].toSorted((one, other) => one.at.getTime() - other.at.getTime())
  // One that was made up, or told apart from another of the same name, is known to nobody else.
  return all.map(({ id }) => id).filter((id) => !id.includes('#') && !id.endsWith('@without-message-id'))
}

const BUTTON =
  'display:inline-block;min-width:26px;padding:9px 10px;margin:0 6px 8px 0;border:1px solid #85827a;border-radius:4px;text-align:center;text-decoration:none;color:#1b1d1f;background:#fff'

/**
 * Paragraphs and lines of a text as HTML, with its addresses to be clicked.
 *
 * @param pressed Beginning of our own addresses that are answers: a line `words: address` becomes a button with the words.
 */
export function htmlOf(text: string, pressed: string | null = null): string {
  const escaped = text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  const linked = (line: string) =>
    line.replace(/https?:\/\/[^\s<>&]+[^\s<>&.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`)
  const written = (paragraph: string) => {
    const lines = paragraph.split('\n').map((line) => {
      const [, words, url] = /^(\d[^:]{0,60}): (https?:\/\/[^\s<>&]+)$/.exec(line) ?? []
      const isButton = pressed !== null && url?.startsWith(pressed) === true
      return isButton ? `<a href="${url}" style="${BUTTON}">${words!}</a>` : `${linked(line)}<br>`
    })
    return `<p>${lines.join('\n').replace(/<br>$/, '')}</p>`
  }
  const paragraphs = escaped.split(/\n{2,}/).map(written)
  return `<div style="font-family:sans-serif;font-size:15px;line-height:1.5">\n${paragraphs.join('\n')}\n</div>`
}
