import type { Language } from '#core/text.ts'
import { localAt } from '#core/zone.ts'
import type { Notification } from './api.ts'
import { sayOfNews } from './text.ts'

interface LetterPage {
  readonly language: Language
  /** Whose clocks the moments are told by. */
  readonly zone: string
  readonly name: string
  readonly news: readonly Notification[]
  /** How many are not said one by one. */
  readonly left: number
  /** Where the application is. */
  readonly url: string
  /** Where they can have no more letters. */
  readonly unsubscribe: string
}

const INK = '#1b1d1f'
const QUIET = '#4a4d50'
const LINE = '#dedbd2'
const DOOR = '#1c4f8c'

/**
 * A letter about news as HTML: what happened is the way to it, what was said stands below. Styled in place and without
 * pictures, for programs that read mails keep little else, and fetch nothing unasked.
 */
export function letterPage({ language, zone, name, news, left, url, unsubscribe }: LetterPage): string {
  const say = (key: Parameters<typeof sayOfNews>[1], values: Readonly<Record<string, unknown>> = {}) =>
    escaped(sayOfNews(language, key, values))
  const link = (href: string, words: string, style = '') =>
    `<a href="${escaped(href)}" style="color:${DOOR};${style}">${words}</a>`
  const days = new Set(news.map(({ at }) => dayOf(at, zone)))
  const entries = news.map(({ at, title, about, text, path }) => {
    const when = momentText(at, { language, zone, withDay: days.size > 1 })
    return `<tr><td style="padding:12px 0;border-top:1px solid ${LINE};vertical-align:top">
<div style="font-weight:600">${link(`${url}${path}`, escaped(title), 'text-decoration:none')}</div>
<div style="color:${QUIET};font-size:14px">${[about, when].filter(Boolean).map(escaped).join(' · ')}</div>
${text === '' ? '' : `<div style="margin-top:4px;white-space:pre-line">${escaped(text)}</div>`}</td></tr>`
  })
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>
<body style="margin:0;padding:20px;background:#fbfaf7;color:${INK};font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.45">
<div style="max-width:600px;margin:0 auto">
<p style="margin:0 0 12px">${say('mail.greeting', { name })}</p>
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border-bottom:1px solid ${LINE}">
${entries.join('\n')}
</table>
${left > 0 ? `<p style="margin:12px 0">${link(`${url}/notifications`, say('mail.page.more', { count: left }))}</p>` : ''}
<p style="margin:20px 0 0;color:${QUIET};font-size:13px">${say('mail.page.why')}<br>
${link(`${url}/notifications/settings`, say('mail.page.settings'))} · ${link(unsubscribe, say('mail.page.stop'))}</p>
</div>
</body></html>`
}

function dayOf(at: Date, zone: string): string {
  return new Date(localAt(zone, at.getTime())).toISOString().slice(0, 10)
}

/** When it was, by the reader's clock; with the day where the letter tells of several. */
function momentText(
  at: Date,
  { language, zone, withDay }: { readonly language: Language; readonly zone: string; readonly withDay: boolean },
): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(withDay && { weekday: 'short', day: 'numeric', month: 'short' }),
  }).format(at)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
