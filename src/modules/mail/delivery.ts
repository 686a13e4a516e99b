import { textOf } from './body.ts'
import { field, type Headers, idsIn, mailboxes, words } from './header.ts'
import type { Part } from './parts.ts'
import { isPassedOn, leaves, type Reading } from './reading.ts'

/** What a mail server, or the program of a reader, tells of a mail that was sent. */
export interface Notice {
  readonly outcome: 'bounce' | 'report'
  readonly what: 'undelivered' | 'delayed' | 'delivered' | 'complaint' | 'read' | 'returned'
  /** Whom the mail was for, as far as it is told; empty when it is not. */
  readonly recipient: string
}

/** The notice that a mail is, by its form (RFC 3464, RFC 5965, RFC 8098) or by what servers write that know none of it. */
export function noticeIn(mail: Reading): Notice | null {
  return isForwarded(mail) ? null : (noticeByForm(mail) ?? noticeByWords(mail))
}

/**
 * Message-IDs of the mail that came back or is told of, and of those that it answered, the nearest first: from the part
 * that returns it, or from wherever its header is written out.
 */
export function returnedIds(mail: Reading): readonly string[] {
  const ids: string[] = []
  for (const part of leaves(mail.root)) {
    const text = textOf(part).slice(0, LOOKED_AT)
    for (const [, name, value] of text.matchAll(RETURNED_ID)) {
      const found = idsIn(value!)
      ids.push(...(/^references$/i.test(name!) ? found.toReversed() : found))
    }
  }
  return [...new Set(ids)]
}

/** In characters of one part: a header stands at its beginning. */
const LOOKED_AT = 256 * 1024
/** A field of a returned header, with its continuations; some quote it, some indent it. */
const RETURNED_ID =
  /^[> \t]{0,8}(message-id|original-message-id|in-reply-to|references)[ \t]{0,4}:[ \t]{0,4}((?:.{0,2000})(?:\n[> \t]{1,8}<.{0,900})*)/gim

/** Somebody passes a notice on and says something about it. */
function isForwarded(mail: Reading): boolean {
  if (mail.type.value === 'multipart/report') return false
  if (!isPassedOn(mail.subject)) return false
  return !hasNoReturn(mail.headers) && !isDaemon(mail) && !isAutomatic(mail.headers)
}

function isAutomatic(headers: Headers): boolean {
  const said = field(headers, 'auto-submitted').toLowerCase()
  return said !== '' && !/^no\b/.test(said)
}

function noticeByForm(mail: Reading): Notice | null {
  const parts = leaves(mail.root)
  const of = (...types: string[]) => parts.find(({ type }) => types.includes(type))
  const about = mail.type.value === 'multipart/report' ? (mail.type.params['report-type'] ?? '').toLowerCase() : ''

  const complaint = of('message/feedback-report')
  if (complaint !== undefined || about === 'feedback-report') {
    return { outcome: 'report', what: 'complaint', recipient: recipientIn(complaint) }
  }
  const read = of('message/disposition-notification', 'message/global-disposition-notification')
  if (read !== undefined || about === 'disposition-notification') {
    return { outcome: 'report', what: 'read', recipient: recipientIn(read) }
  }
  // What a provider tells of all mails of a day (RFC 7489, RFC 8460).
  if (about === 'tlsrpt' || about === 'dmarc' || AGGREGATE.test(mail.subject)) {
    return { outcome: 'report', what: 'complaint', recipient: '' }
  }
  if (isWrappedReceipt(mail)) return { outcome: 'report', what: 'read', recipient: '' }
  const status = of('message/delivery-status', 'message/global-delivery-status')
  if (status !== undefined || mail.type.value === 'multipart/report') {
    const what = whatHappened(status)
    return { outcome: what === 'delivered' ? 'report' : 'bounce', what, recipient: recipientIn(status) }
  }
  const failed = words(mail.headers, 'x-failed-recipients')
  if (failed !== '') return { outcome: 'bounce', what: 'undelivered', recipient: failed.split(/[\s,]/)[0]! }
  return null
}

const AGGREGATE = /^\s*(report[- ]domain:|dmarc (aggregate )?report\b|tls report\b).*\S/i

/** A receipt of Outlook, for Outlook alone: there is nothing in it but its wrap. */
function isWrappedReceipt(mail: Reading): boolean {
  const isWrapped = leaves(mail.root).some(({ type }) => WRAP.test(type))
  return isWrapped && mail.text === '' && mail.files.every(({ type }) => WRAP.test(type)) && RECEIPT.test(mail.subject)
}

const WRAP = /^application\/(vnd\.)?ms-tnef$/
const RECEIPT =
  /^\s*(read|not read|gelesen|nicht gelesen|ungelesen gelöscht|lu|non lu|leído|no leído|letto|gelezen|läst|læst|przeczytane)\s*:/i

/** The worst of what is told of all recipients. */
function whatHappened(status: Part | undefined): 'undelivered' | 'delayed' | 'delivered' {
  const actions = [...plain(status).matchAll(/^action\s*:\s*([\w-]+)/gim)].map(([, action]) => action!.toLowerCase())
  if (actions.length === 0 || actions.some((action) => action.startsWith('fail'))) return 'undelivered'
  if (actions.some((action) => action.startsWith('delay'))) return 'delayed'
  return actions.every((action) => ['delivered', 'relayed', 'expanded'].includes(action)) ? 'delivered' : 'undelivered'
}

function recipientIn(part: Part | undefined): string {
  const told = /^(?:original|final|x-actual)-(?:recipient|rcpt-to)\s*:\s*(?:[\w-]+\s*;)?\s*(\S{1,320})/im
  return (told.exec(plain(part))?.[1] ?? '').replace(/^<|>$/g, '')
}

function plain(part: Part | undefined): string {
  return part === undefined ? '' : textOf(part).slice(0, LOOKED_AT)
}

/** Servers that answer by a mail of their own making. Nobody writes from such an address by hand. */
const DAEMON =
  /\b(mailer|mail|mdaemon)[-_. ]?daemon\b|\bmail(er)?[-_ ]?deliver(y|ing)?[-_ ]?(sub)?system\b|\bdouble-bounce\b|\bmicrosoftexchange[0-9a-f]{16,}\b/i
/** Addresses that people answer at, too. */
const OFFICE =
  /^(po+st[-_.]?(master|office)|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|mail(er)?|admin(istrator)?|sysadmin|system|delivery|mta|ndr)([-_+.=].*)?$/i
const OFFICE_NAME = /\b(postmaster|system administrator|mail administrator|mail(er)? system|ndr)\b/i

const SUBJECT =
  /^(\*+\s*spam\s*\*+\s*|\[[^\]]{1,40}\]\s*)?(undeliver(ed|able)|mail (could not be|delivery|failure|failed|system error)|e?-?mail delivery|delivery (failure|failed|error|notification|status|delayed|report)|failure (notice|delivery)|failed (mail|delivery|to deliver)|failure:? |returned (mail|e-?mail|to sender|message)|message (delivery|could not|status|not delivered|delayed)|could ?n.t deliver|non[- ]?(delivery|remis)|not delivered|nondeliverable|there was an error sending|bounce[d]?\b|warning( message|:|--?)\s*\S*.{0,40}(delay|could not (be )?sen[dt])|(nicht|un)\s?zustellbar|unzustellbar|zustellung|mail[- ]?zustellung|nachricht (nicht|konnte)|unzugestellt|zurückgesandt|rückläufer|échec de|remise (différée|impossible)|non recapitabile|mancata consegna|messaggio non|no se (pudo|ha podido) entregar|entrega (fallida|retrasada)|onbestelbaar|problème de remise|aws notification message|complaint about message)/i

/** What they write to whoever sent the mail. */
const PHRASES: readonly RegExp[] = [
  /this is the (qmail|postfix|mail|sendmail|exim|courier|mmdf|mailer|zimbra|symantec)[\w- ]{0,40}(program|system|daemon|server|notification)/i,
  /created automatically by (the )?mail(er)? (delivery|system|software|server)/i,
  /automatically generated (mail )?(delivery|message from)|automated (message|bounce)|automatically (created|generated) by the mail/i,
  /(could|can) ?not be (delivered|sent|reached)|(couldn.t|can.t|could not|cannot|unable to|failed to|not able to) (be )?deliver|was not delivered|undeliverable|has not been delivered|not deliverable/i,
  /permanent (fatal )?errors?|fatal errors|delivery (to the following|has failed|failed|attempts?|error|has been delayed|to .{1,80} failed)|transcript of (the )?session|did not reach the following/i,
  /unknown (user|recipient|mailbox|address)|(user|recipient|mailbox|address|account) (is )?(unknown|not found|unavailable|disabled|rejected|over quota|full)|no such (user|recipient|mailbox)|quota exceeded|exceeded .{0,30}quota|not listed in|does not exist/i,
  /konnte nicht (zugestellt|gesendet|übermittelt)|nicht zugestellt werden|unzustellbar|zustellung .{0,60}(fehlgeschlagen|gescheitert|verzögert)|empfänger .{0,40}unbekannt|fehler bei der nachrichtenzustellung|(einige oder alle )?empfänger (konnten )?nicht erreicht|adresse konnte nicht gefunden werden/i,
  /n.a pas pu être (remis|livré|distribué|délivré)|boîte .{0,30}pleine|no (se )?(pudo|ha podido) .{0,20}entreg|non è stato possibile (recapitare|consegnare)|niet .{0,20}(bezorgd|afgeleverd)/i,
  /"notificationType"\s*:\s*"(Bounce|Complaint|Delivery)"|sent you (this )?mail .{0,40}member|you are not (a )?member|are not member/i,
  /(配送|送信|配信|配達|お届け)(が|は|に|を)?.{0,12}(できません|できなかった|失敗|エラー)|宛先.{0,12}(不明|見つかり)|не может быть доставлено|не доставлено/,
]

/** A reply of SMTP (RFC 5321), mostly with its class (RFC 3463). */
const REPLY =
  /\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|\b(said|reply|response|error|status|code)\b.{0,40}\b[45]\d\d\b|^\s*[45]\d\d[ -]\S/im
/** Where the mail that came back begins. */
const RETURNED =
  /(copy of (the|your) message|below this line|original message|unsent message|message (headers? )?follows?|returned message|message header|received:\s+(from|by|\()|return-path:|x-mailer:|message-id:)/i

/** In characters: servers come to the point. */
const BEGINNING = 6000

function noticeByWords(mail: Reading): Notice | null {
  const subject = SUBJECT.test(mail.subject)
  const text = mail.text.slice(0, BEGINNING)
  const whole = text === '' && /^complaint about message from \[?\d/i.test(mail.subject)
  const phrase = whole || PHRASES.some((pattern) => pattern.test(text))
  const came = RETURNED.test(mail.text) || leaves(mail.root).some(({ type }) => RETURNED_TYPES.has(type))
  const detail = Number(phrase) + Number(REPLY.test(text)) + Number(came)
  const told = isDaemon(mail)
    ? true
    : isOffice(mail) || hasNoReturn(mail.headers)
      ? (subject && detail > 0) || (phrase && detail > 1)
      : subject && detail > 1 && mail.answers.length === 0
  if (!told) return null
  const complaint = /^complaint about|"notificationType"\s*:\s*"Complaint"/i
  if (/"notificationType"\s*:\s*"Delivery"/i.test(text)) return { outcome: 'report', what: 'delivered', recipient: '' }
  if (complaint.test(mail.subject) || complaint.test(text)) {
    return { outcome: 'report', what: 'complaint', recipient: '' }
  }
  const delayed = /delay|verzögert|warning|différée|retrasada/i.test(mail.subject)
  return {
    outcome: 'bounce',
    what: subject || phrase ? (delayed ? 'delayed' : 'undelivered') : 'returned',
    recipient: '',
  }
}

const RETURNED_TYPES = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'])

function isDaemon({ headers, from }: Reading): boolean {
  return DAEMON.test(from === null ? words(headers, 'from') : `${from.name} ${from.address.split('@')[0]}`)
}

function isOffice({ from }: Reading): boolean {
  return from === null || OFFICE.test(from.address.split('@')[0]!) || OFFICE_NAME.test(from.name)
}

/** Sent by nobody, so that nobody answers it (RFC 5321, 4.5.5); servers and answering machines do so. */
export function hasNoReturn(headers: Headers): boolean {
  const paths = headers.get('return-path')
  if (paths === undefined) return false
  return /^\s*<\s*>\s*$/.test(paths[0]!) || DAEMON.test(mailboxes(headers, 'return-path')[0]?.address ?? paths[0]!)
}
