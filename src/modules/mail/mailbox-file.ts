/** How a mail begins in a file of many: who sent it and when, as `asctime` writes it. Empty lines stand before it. */
const BEGINNING =
  /(?<=(?:^|\n)\r?\n|^)From \S+ {1,4}[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{5,8}(?: [A-Z+\d-]{1,6})? \d{4}.{0,80}\r?\n/g

/** The mails of a file of many (mbox, RFC 4155) in their order, or the one mail that it is. */
export function mailsIn(file: Buffer): readonly Buffer[] {
  const text = file.toString('latin1')
  const starts = text.startsWith('From ') ? [...text.matchAll(BEGINNING)].map(({ index }) => index) : []
  if (starts.length < 2) return [file]
  return starts.map((start, place) => file.subarray(start, starts[place + 1] ?? file.length))
}
