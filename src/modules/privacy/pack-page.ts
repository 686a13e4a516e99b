import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/privacy.json' with { type: 'json' }
import en from '../../locales/en/privacy.json' with { type: 'json' }
import type { Gathered } from './works-council-form.ts'

const say = speaker<keyof typeof en>({ en, de })

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Names of tables and addresses go over to the next line between their words. */
function breakable(html: string): string {
  return html.replaceAll(/[_/](?=[\w:])/g, '$&<wbr>')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${breakable(escaped(cell))}</${tag}>`).join('')
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('\n')}</tbody></table>`
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1c2024}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dce0}
h2{margin-top:2rem}td{overflow-wrap:break-word}@media(max-width:40rem){th,td{overflow-wrap:anywhere;hyphens:auto}}`

/** What a works council is told, in its language. What people named themselves stands in it as text and nothing else. */
export function pageOf(pack: Gathered, language: Language): string {
  const t = (key: keyof typeof en, values: Readonly<Record<string, unknown>> = {}) => say(language, key, values)
  const day = (at: Date) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
  const sections: readonly (readonly [string, string])[] = [
    [
      t('pack.rules'),
      `<p>${escaped(t(pack.on ? 'pack.on' : 'pack.off'))}</p><p>${escaped(t('pack.smallest', pack.smallest))}</p>`,
    ],
    [
      t('pack.fields'),
      table(
        [t('pack.about'), t('pack.table'), t('pack.columns'), t('pack.forgotten')],
        pack.fields.map(({ subject, table: name, columns, fate }) => [
          t(`privacy.subject.${subject}`),
          name,
          columns.join(', '),
          t(`privacy.fate.${fate}`),
        ]),
      ),
    ],
    [
      t('pack.retention'),
      table(
        [t('pack.class'), t('pack.country'), t('pack.months')],
        pack.retention.map(({ class: name, country, months }) => [
          t(`retention.class.${name}`),
          country === '' ? t('pack.everywhere') : country,
          months === null ? t('pack.for-good') : String(months),
        ]),
      ),
    ],
    [
      t('pack.roles'),
      table(
        [t('pack.role'), t('pack.reach'), t('pack.people')],
        pack.roles.map(({ role, reach, people }) => [t(`pack.role.${role}`), t(`pack.reach.${reach}`), String(people)]),
      ),
    ],
    [
      t('pack.reports'),
      table(
        [t('pack.since'), t('pack.path'), t('pack.what')],
        pack.reports.map(({ path, summary, since }) => [day(since), path, summary]),
      ),
    ],
    [
      t('pack.interfaces'),
      table(
        [t('pack.kind'), t('pack.name')],
        pack.interfaces.map(({ kind, name }) => [t(`pack.kind.${kind}`), name]),
      ),
    ],
    [t('pack.intelligence'), `<p>${escaped(t('pack.intelligence.none'))}</p>`],
  ]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(
    t('pack.title'),
  )}</title><style>${STYLE}</style></head><body><main>
<h1>${escaped(t('pack.title'))}</h1><p>${escaped(t('pack.lede', { day: day(pack.at) }))}</p>
${sections.map(([head, body]) => `<h2>${escaped(head)}</h2>${body}`).join('\n')}
</main></body></html>
`
}
