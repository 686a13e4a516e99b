import { type Language, speaker } from '#core/text.ts'
import type { Action } from '#api/actions'
import { listActions } from '#modules/actions'
import { boardPicture, kpiTable, readArranged } from '#modules/kpis'
import type { Context } from '#platform/context.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { pictureSheet, type SheetTable } from '#platform/documents/picture-sheet.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../../locales/de/forum-boards.json' with { type: 'json' }
import en from '../../locales/en/forum-boards.json' with { type: 'json' }
import type { Forum, Interval } from './api.ts'
import { forumPicture } from './board-picture.ts'
import { readInterval } from './interval.ts'
import { readForum } from './queries.ts'

const say = speaker<keyof typeof en>({ en, de })

/** Actions on a picture; further ones are counted. On paper are as many as one page of the list has. */
const PICTURED_ACTIONS = 12
const LISTED_ACTIONS = 200

/** `GET /forums/:id/picture`: as whoever asks may see it, now. */
export async function drawForumBoard(
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
  id: string,
  { format, lang }: { readonly format: 'svg' | 'pdf'; readonly lang?: Language | undefined },
): Promise<FileReply> {
  const read = await inTransaction('read only', async (context) => {
    const language = lang ?? context.actor.language
    const asked: Context = { ...context, actor: { ...context.actor, language } }
    const forum = await readForum(asked, id)
    const shown = { forum: id, show: 'open', whose: 'all', limit: LISTED_ACTIONS } as const
    return {
      language,
      forum,
      interval: await readInterval(asked, id),
      kpis: await readArranged(asked, forum.kpis, forum.customer?.id ?? null),
      actions: (await listActions(asked, shown)).items,
      letterhead: await readLetterhead(context.db),
      now: context.now,
    }
  })
  const { language, forum, interval, kpis, actions, letterhead, now } = read
  const moment = momentIn(language, forum.timeZone)
  const of = forum.customer?.name ?? say(language, 'all-customers')
  const lede = say(language, 'lede', { tier: say(language, 'tier', { tier: forum.tier }), of, when: moment(now) })
  const drawnKpis = kpis.length === 0 ? null : boardPicture(kpis, language)
  const file = `${say(language, 'file')}-${forum.name.replace(/[\\/:*?"<>|]/g, ' ')}`
  if (format === 'svg') {
    const rows = actions.slice(0, PICTURED_ACTIONS).map((each) => actionWords(each, language))
    const more = actions.length - rows.length
    const picture = forumPicture({
      title: forum.name,
      lede,
      interval: {
        title: say(language, 'interval'),
        items: interval.items.map(({ key, count }) => [
          say(language, `interval.${key}`),
          new Intl.NumberFormat(language).format(count),
        ]),
      },
      kpis: drawnKpis === null ? null : { picture: drawnKpis, height: heightOf(drawnKpis) },
      actions: {
        title: say(language, 'actions'),
        rows,
        rest: rows.length === 0 ? say(language, 'actions-none') : more > 0 ? say(language, 'more', { n: more }) : null,
      },
    })
    return { file: Buffer.from(picture), type: 'image/svg+xml', name: `${file}.svg` }
  }
  const sheet = {
    language,
    title: forum.name,
    kind: say(language, 'kind'),
    lede,
    picture: drawnKpis,
    alt: say(language, 'alt', { title: forum.name }),
    tables: [
      intervalTable(interval, forum, language),
      ...(kpis.length === 0 ? [] : [kpiTable(kpis, language)]),
      actionTable(actions, language),
    ],
    note: say(language, 'note'),
  }
  return { file: await pictureSheet(sheet, letterhead, now), type: 'application/pdf', name: `${file}.pdf` }
}

function intervalTable({ since, until, items }: Interval, { timeZone }: Forum, language: Language): SheetTable {
  const moment = momentIn(language, timeZone)
  return {
    title: say(language, 'interval'),
    lede: say(language, 'interval-lede', { since: moment(since), until: moment(until), zone: timeZone }),
    empty: '',
    widths: [44, 16, null],
    right: [false, true, false],
    head: [say(language, 'head.what'), say(language, 'head.count'), say(language, 'head.which')],
    rows: items.map(({ key, count, records }) => [
      say(language, `interval.${key}`),
      new Intl.NumberFormat(language).format(count),
      [
        ...records.map(({ number }) => number),
        ...(count > records.length ? [say(language, 'more', { n: count - records.length })] : []),
      ].join(', '),
    ]),
  }
}

function actionTable(actions: readonly Action[], language: Language): SheetTable {
  return {
    title: say(language, 'actions'),
    lede: null,
    empty: say(language, 'actions-none'),
    widths: [null, 44, 42],
    right: [false, false, false],
    head: [say(language, 'head.action'), say(language, 'head.who'), say(language, 'head.due')],
    rows: actions.map((each) => actionWords(each, language).slice(0, 3) as string[]),
  }
}

function actionWords(
  { text, owner, ownerName, due, overdue }: Action,
  language: Language,
): readonly [what: string, who: string, due: string, isOverdue: boolean] {
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  const day = new Intl.DateTimeFormat(localeOf(language), format).format(new Date(`${due}T00:00:00Z`))
  const who = owner?.name ?? ownerName ?? say(language, 'nobody')
  return [text, who, overdue ? say(language, 'overdue', { day }) : day, overdue]
}

/** As `boardPicture` writes it. */
function heightOf(picture: string): number {
  return Number(/height="([\d.]+)"/.exec(picture)![1])
}

function localeOf(language: Language): string {
  return language === 'de' ? 'de-DE' : 'en-GB'
}

function momentIn(language: Language, timeZone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return (moment) => format.format(moment)
}
