/** What somebody wrote, and what they left standing below it. */
export interface Folded {
  /** Never empty when the text is not. */
  readonly said: string
  /** The mail that is answered, as it was repeated; empty when nothing was. */
  readonly quoted: string
}

/** In characters of one line: nobody's attribution or separator is longer. */
const LONGEST_LINE = 400

/** Lines that programs put above what they repeat. Each is decided by one look at one line, so that none takes long. */
const SEPARATORS: readonly RegExp[] = [
  /^[-_=\s]{2,}\s*(original(nachricht| message| appointment)|ursprüngliche (nachricht|e-?mail)|message d['’]origine|mensaje original|messaggio originale|oorspronkelijk bericht|weitergeleitete nachricht|forwarded message)\s*[-_=:\s]*$/i,
  /^_{20,}$/,
]

/** “On … wrote:” in the languages that mail programs speak; broken over two or three lines where it became too long. */
const ATTRIBUTION =
  /^(on|am|le|el|il|em|op|den|dnia|w dniu|il giorno)\s.{4,}(wrote|schrieb|écrit|escribió|scritto|escreveu|schreef|skrev|pisze|napisał\(?a?\)?)\b.{0,200}[:：]$/i

/** The same in one line, which begins as it likes. */
const ATTRIBUTIONS: readonly RegExp[] = [
  /^.{3,}\s(schrieb|wrote|écrit)(\s+am\s.{4,})?\s?[:：]$/i,
  /^(在|于).{4,}写道[:：]$/,
  /^20\d\d.{4,}(のメッセージ|작성|wrote)\s?[:：]$/,
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{4,}[<[].{3,}@.{3,}[>\]]\s?[:：]$/,
]

/** The first line of the header that Outlook and others put above what they repeat, and one that follows it. */
const HEADER_FIRST = /^[*\s>]*(from|von|de|da|van|från|fra|od)\s?[:：]\s?\*?.{2,}/i
const HEADER_NEXT =
  /^[*\s>]*(sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne)\s?[:：]/i

/**
 * Folds away what is repeated at the end of a text: from the first line on that says so, or whose rest is all quoted.
 * An answer between quoted lines is left as it is, and a text that is nothing but quotation too.
 */
export function fold(text: string): Folded {
  const lines = text.split('\n')
  const at = beginningOfQuotation(lines)
  const said = lines.slice(0, at).join('\n').trim()
  if (said === '') return { said: text.trim(), quoted: '' }
  return { said, quoted: lines.slice(at).join('\n').trim() }
}

function beginningOfQuotation(lines: readonly string[]): number {
  const told = lines.findIndex((line, index) => separates(lines, line, index))
  if (told >= 0) return told
  let at = lines.length
  while (at > 0 && (lines[at - 1]!.trim() === '' || lines[at - 1]!.startsWith('>'))) at--
  return lines.slice(at).some((line) => line.startsWith('>')) ? at : lines.length
}

function separates(lines: readonly string[], line: string, index: number): boolean {
  if (line.length > LONGEST_LINE) return false
  const trimmed = line.trim()
  if (trimmed === '' || trimmed.startsWith('>')) return false
  if (SEPARATORS.some((pattern) => pattern.test(trimmed))) return everythingBelow(lines, index)
  if (HEADER_FIRST.test(line)) {
    const next = lines.slice(index + 1, index + 6).filter((each) => each.length <= LONGEST_LINE)
    if (next.filter((each) => HEADER_NEXT.test(each)).length >= 2) return true
  }
  if (ATTRIBUTIONS.some((pattern) => pattern.test(trimmed))) return quotedBelow(lines, index + 1)
  for (const count of [1, 2, 3]) {
    const joined = lines
      .slice(index, index + count)
      .map((each) => each.trim())
      .join(' ')
    if (joined.length > LONGEST_LINE) break
    if (ATTRIBUTION.test(joined)) return quotedBelow(lines, index + count)
  }
  return false
}

/** A rule of underscores is drawn by signatures too: below a quotation stands a header. */
function everythingBelow(lines: readonly string[], index: number): boolean {
  if (!/^_+$/.test(lines[index]!.trim())) return true
  return lines.slice(index + 1, index + 4).some((line) => line.length <= LONGEST_LINE && HEADER_FIRST.test(line))
}

/** Below an attribution all is quoted, or nothing is marked as quoted at all: then it was repeated without marks. */
function quotedBelow(lines: readonly string[], from: number): boolean {
  const rest = lines.slice(from).filter((line) => line.trim() !== '')
  if (rest.length === 0) return false
  let marked = 0
  while (marked < rest.length && rest[marked]!.startsWith('>')) marked++
  return marked > 0 ? rest.slice(marked).every((line) => line.startsWith('>') || isFooter(line)) : !rest.some(isMarked)
}

const isMarked = (line: string) => line.startsWith('>')
const isFooter = (line: string) => /^(--\s?$|_{3,}|sent from|von meinem|gesendet mit|get outlook)/i.test(line.trim())
