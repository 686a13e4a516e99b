import { durationText, momentText } from '#core/clock-text.ts'
import { type Language, languages, speaker } from '#core/text.ts'
import { xml } from '#platform/documents/printable.ts'
import de from '../../locales/de/status-page.json' with { type: 'json' }
import en from '../../locales/en/status-page.json' with { type: 'json' }
import type { Disturbance, StatusContent, ToldUpdate } from './status-content.ts'

const say = speaker<keyof typeof en>({ en, de })

/** A status page as HTML: no script, nothing from elsewhere; light and dark as the reader's device has it. */
export function statusHtml(content: StatusContent, language: Language, now: Date): string {
  const { customer, timeZone: zone, provider, current, past } = content
  const title = say(language, 'title', { customer })
  const moment = (at: Date) => momentText(language, zone, at.getTime(), yearOf(now))
  const head =
    current.length === 0
      ? `<p class="all"><span class="mark met" aria-hidden="true">✓</span> ${xml(say(language, 'fine'))}</p>`
      : `<p class="all"><span class="mark miss" aria-hidden="true">!</span> ${xml(say(language, 'disturbed', { count: current.length }))}</p>`
  const others = languages.filter((each) => each !== language)
  return page(
    language,
    xml(title),
    `<main><h1>${xml(title)}</h1>${head}
${current.map((each) => currentHtml(each, language, moment)).join('\n')}
<h2>${xml(say(language, 'past'))}</h2>
${past.length === 0 ? `<p class="quiet">${xml(say(language, current.length === 0 ? 'past.none' : 'past.none-other'))}</p>` : `<ul class="past">${past.map((each) => pastHtml(each, language, moment)).join('')}</ul>`}
</main>
<footer><p>${xml(say(language, 'as-of', { at: moment(now), zone }))}</p><p>${xml(provider)} · ${others
      .map((each) => `<a href="?lang=${each}" lang="${each}" hreflang="${each}">${xml(say(each, 'language'))}</a>`)
      .join(' · ')}</p></footer>`,
  )
}

/** What is there for an address that leads nowhere. */
export function statusNotFound(language: Language): string {
  const title = say(language, 'nothing')
  return page(language, xml(title), `<main><h1>${xml(title)}</h1><p>${xml(say(language, 'nothing.more'))}</p></main>`)
}

function nameOf({ services }: Disturbance, language: Language): string {
  return services.length === 0 ? say(language, 'unnamed') : new Intl.ListFormat(language).format(services)
}

function currentHtml(each: Disturbance, language: Language, moment: (at: Date) => string): string {
  const { state, sites, since, restoredAt, nextUpdateDue, affectedUsers, businessImpact, number, bridge, updates } =
    each
  const back = restoredAt !== null
  const facts = [
    say(language, 'since', { at: moment(since) }),
    ...(sites.length === 0 ? [] : [say(language, 'at', { sites: new Intl.ListFormat(language).format(sites) })]),
    ...(affectedUsers === null ? [] : [say(language, 'users', { count: affectedUsers })]),
    ...(businessImpact === null ? [] : [say(language, 'impact', { impact: businessImpact })]),
    ...(number === null ? [] : [say(language, 'number', { number })]),
    ...(bridge === null ? [] : [say(language, 'bridge', { bridge })]),
    ...(nextUpdateDue === null ? [] : [say(language, 'next', { at: moment(nextUpdateDue) })]),
  ]
  return `<article><h2>${xml(nameOf(each, language))}</h2>
<p class="state"><span class="mark ${back ? 'soon' : 'miss'}" aria-hidden="true">${back ? '▲' : '■'}</span> ${xml(say(language, `state.${state}` as 'state.declared'))}</p>
<ul class="facts">${facts.map((fact) => `<li>${xml(fact)}</li>`).join('')}</ul>
${
  updates.length === 0
    ? `<p class="quiet">${xml(say(language, 'no-update'))}</p>`
    : `<ol class="updates">${spoken(updates, language)
        .map((update) => updateHtml(update, moment))
        .join('')}</ol>`
}</article>`
}

/** In the reader's language where there are any; else as they were written. */
function spoken(updates: readonly ToldUpdate[], language: Language): readonly ToldUpdate[] {
  const own = updates.filter((update) => update.language === language)
  return own.length > 0 ? own : updates
}

function updateHtml({ at, text, language }: ToldUpdate, moment: (at: Date) => string): string {
  return `<li><time datetime="${at.toISOString()}">${xml(moment(at))}</time><p lang="${language}">${xml(text)}</p></li>`
}

function pastHtml(each: Disturbance, language: Language, moment: (at: Date) => string): string {
  const { since, restoredAt, updates } = each
  const words =
    restoredAt === null
      ? say(language, 'since', { at: moment(since) })
      : say(language, 'was', {
          from: moment(since),
          duration: durationText(language, restoredAt.getTime() - since.getTime()),
        })
  const last = spoken(updates, language)[0]
  return `<li><b>${xml(nameOf(each, language))}</b> ${xml(words)}${last === undefined ? '' : `<p lang="${last.language}">${xml(last.text)}</p>`}</li>`
}

function yearOf(now: Date): number {
  return now.getUTCFullYear()
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title><style>${STYLE}</style></head>
<body>${body}</body></html>
`
}

/** The colours and the type of the program's own pages, in a page of a few kilobytes. */
const STYLE = `:root{--paper:#fbfaf7;--surface:#fff;--line:#dedbd2;--edge:#85827a;--ink:#1b1d1f;--ink2:#4a4d50;--door:#1c4f8c;--met:#257c60;--soon:#bf7a06;--miss:#ad241c}
@media (prefers-color-scheme:dark){:root{--paper:#141618;--surface:#1b1e21;--line:#31353a;--edge:#7d8187;--ink:#eae8e3;--ink2:#bcbcb7;--door:#9cc3f2;--met:#48ab89;--soon:#d6982f;--miss:#e2604f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 'Source Sans 3','Source Sans 3 Variable',system-ui,sans-serif;overflow-wrap:anywhere}
main,footer{max-width:720px;margin:0 auto;padding:24px 20px}h1{font-size:20px;line-height:28px;margin:0;font-weight:400;color:var(--ink2)}h2{font-size:18px;line-height:26px;margin:32px 0 4px}
.all{font-size:26px;line-height:34px;font-weight:600;margin:4px 0 24px}.mark{display:inline-block;min-width:1.1em;text-align:center;color:var(--miss)}.mark.met{color:var(--met)}.mark.soon{color:var(--soon)}
article{background:var(--surface);border:1px solid var(--line);border-left:4px solid var(--miss);padding:14px 20px;margin:0 0 16px}article h2{margin:0}.state{font-weight:600;margin:2px 0 8px}
ul,ol{list-style:none;margin:0;padding:0}.facts{color:var(--ink2);margin-bottom:8px}.updates li{border-top:1px solid var(--line);padding:8px 0}.updates p,.past p{margin:2px 0 0;white-space:pre-line}time{color:var(--ink2);font-size:14px}
.past li{border-top:1px solid var(--line);padding:8px 0}.quiet{color:var(--ink2);margin:0}footer{color:var(--ink2);font-size:14px;border-top:1px solid var(--line)}footer p{margin:0 0 4px}a{color:var(--door)}a:focus-visible{outline:2px solid var(--door);outline-offset:2px}`
