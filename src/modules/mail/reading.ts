import { createHash } from 'node:crypto'
import { bodyOf, type MailFile } from './body.ts'
import { type Folded, fold } from './fold.ts'
import { field, type Headers, type Mailbox, mailboxes, messageIds, momentOf, parameters, words } from './header.ts'
import { safeHtml } from './html.ts'
import { type Part, partsOf } from './parts.ts'
import { signedContent } from './smime.ts'

/** A mail as it was read; nothing in it is to be trusted. */
export interface Reading {
  readonly headers: Headers
  /** Without brackets; made from the content where the mail has none, the same each time. */
  readonly messageId: string
  /** Who wrote it; null when it does not say. */
  readonly from: Mailbox | null
  readonly replyTo: readonly Mailbox[]
  /** Everybody it was sent to, as far as it says so. */
  readonly recipients: readonly Mailbox[]
  readonly subject: string
  /** As it says itself, which may be wrong. */
  readonly sentAt: Date | null
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[]
  readonly text: string
  readonly folded: Folded
  /** Safe to be shown; null when there is none. */
  readonly html: string | null
  readonly files: readonly MailFile[]
  /** Media type of the whole in lower case, with its parameters. */
  readonly type: ReturnType<typeof parameters>
  /** Parts as they lie in each other. */
  readonly root: Part
  /** It has more parts or longer headers than anybody writes, and what is beyond was left out. */
  readonly cut: boolean
}

/** Reads a mail, whatever its bytes are; never fails. */
export async function readMail(raw: Uint8Array): Promise<Reading> {
  const { root, cut } = await opened(await partsOf(raw))
  const { headers } = root
  const { text, html, files } = bodyOf(root)
  const subject = words(headers, 'subject')
  return {
    headers,
    messageId: messageIds(headers, 'message-id')[0] ?? idOfContent(raw),
    from: senderIn(headers),
    replyTo: mailboxes(headers, 'reply-to'),
    recipients: ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'resent-to'].flatMap((name) =>
      mailboxes(headers, name),
    ),
    subject,
    sentAt: momentOf(field(headers, 'date')),
    answers: answersIn(headers),
    text,
    // What somebody passes on is what they want to say.
    folded: isPassedOn(subject) ? { said: text, quoted: '' } : fold(text),
    html: html === null ? null : safeHtml(html),
    files,
    type: parameters(field(headers, 'content-type')),
    root,
    cut,
  }
}

/** Without a signature that lies around all of it. */
async function opened(mail: Awaited<ReturnType<typeof partsOf>>): Promise<typeof mail> {
  const { root } = mail
  if (!SEALED.test(root.type)) return mail
  const within = signedContent(root.content)
  if (within === null) return mail
  const inner = await partsOf(within)
  return { root: { ...inner.root, headers: root.headers }, cut: mail.cut || inner.cut }
}

const SEALED = /^application\/(x-)?pkcs7-mime$/

/** Whether nobody but its recipient can read it: it is encrypted (S/MIME, OpenPGP). */
export function isSealed({ root }: Pick<Reading, 'root'>): boolean {
  return root.type === 'multipart/encrypted' || SEALED.test(root.type)
}

/** Message-IDs that a mail with this header answers, the nearest first. */
export function answersIn(headers: Headers): readonly string[] {
  return [...new Set([...messageIds(headers, 'in-reply-to'), ...messageIds(headers, 'references').toReversed()])]
}

/** Whether a subject says that its mail passes another one on. */
export function isPassedOn(subject: string): boolean {
  return /^\s*((fwd?|wg|tr|rv|i|doorst)\s?:|\[fwd:)/i.test(subject)
}

/** Whoever is named as the author, else as the sender, else in the envelope. */
function senderIn(headers: Headers): Mailbox | null {
  for (const name of ['from', 'sender', 'reply-to', 'x-original-from', 'return-path']) {
    const [found] = mailboxes(headers, name)
    if (found !== undefined) return found
  }
  return null
}

function idOfContent(raw: Uint8Array): string {
  return `${createHash('sha256').update(raw).digest('base64url')}@without-message-id`
}

/** All parts of a mail, the outermost first, that are not multiparts themselves. */
export function leaves(part: Part): readonly Part[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leaves)
}
