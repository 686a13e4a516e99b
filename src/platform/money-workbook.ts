import { decimalsOf } from '#core/exchange.ts'
import { type Language, speaker, type TextValues } from '#core/text.ts'
import { type SheetCell, type SheetColumn, workbook } from '#platform/documents/workbook.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../locales/de/money-workbooks.json' with { type: 'json' }
import en from '../locales/en/money-workbooks.json' with { type: 'json' }

export type MoneyWord = keyof typeof en
const say = speaker<MoneyWord>({ en, de })

export interface MoneySheet {
  readonly name: MoneyWord
  /** Heads are `head.…`; the kind says how a cell is shown. */
  readonly columns: readonly (readonly [head: MoneyWord, kind: SheetColumn['kind'], width: number])[]
  readonly rows: readonly (readonly SheetCell[])[]
}

/** Says words of a workbook of figures in one language. */
export function moneyWords(language: Language) {
  return (word: MoneyWord, values?: TextValues): string => say(language, word, values)
}

/** Figures of money as a workbook, in the language of whoever asks. Amounts are in whole units of their currency. */
export async function moneyWorkbook(
  sheets: readonly MoneySheet[],
  {
    language,
    now,
    title,
    file,
  }: { readonly language: Language; readonly now: Date; readonly title: string; readonly file: string },
): Promise<FileReply> {
  const book = workbook({
    title,
    author: 'Plumbline',
    timeZone: 'UTC',
    dayFormat: language === 'de' ? 'dd.mm.yyyy' : 'dd mmm yyyy',
    created: now,
  })
  for (const { name, columns, rows } of sheets) {
    const sheet = await book.sheet(
      say(language, name),
      columns.map(([head, kind, width]) => ({ head: say(language, head), kind, width })),
    )
    await sheet.add(rows)
    await sheet.close()
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { file: await book.finish(), type, name: `${file}.xlsx` }
}

/** An amount in whole units of its currency, as spreadsheets reckon with. */
export function inUnits(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** decimalsOf(currency)
}
