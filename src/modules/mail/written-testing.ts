const person = ['From: Eva Muster <eva@kunde.example>', 'To: hilfe@dienst.example', 'Message-ID: <1@kunde.example>']

/** A mail of a person, or with the header given, of whoever that says. */
export function mail(fields: readonly string[], body: string): Buffer {
  const given = new Set(fields.map((line) => line.split(':')[0]!.toLowerCase()))
  const usual = person.filter((line) => !given.has(line.split(':')[0]!.toLowerCase()))
  return Buffer.from([...usual, ...fields, '', body].join('\n').replaceAll('\n', '\r\n'))
}

/** A multipart of these parts. */
function parts(type: string, ...each: readonly string[]): readonly [string, string] {
  return [`Content-Type: ${type}; boundary="=_b"`, `${each.map((part) => `--=_b\n${part}\n`).join('')}--=_b--\n`]
}

/** A mail of these parts. */
export const multi = (fields: readonly string[], type: string, ...each: readonly string[]) => {
  const [field, body] = parts(type, ...each)
  return mail([...fields, 'MIME-Version: 1.0', field], body)
}

export const text = (body: string) => `Content-Type: text/plain; charset=utf-8\n\n${body}`
