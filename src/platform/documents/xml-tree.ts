import sax, { type Tag } from 'sax'

/** An element of a document, with its prefix as it is written (`p:sp`). */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
}

/** More than any part of a presentation nests. */
const DEEPEST = 200

/** The elements of a small document, without its text. Fails when it is no XML, nests too deep or declares entities. */
export function xmlTree(text: string): XmlElement {
  const parser = sax.parser(true)
  const root = { name: '', attributes: {}, children: [] as XmlElement[] }
  const path: { readonly children: XmlElement[] }[] = [root]
  const fail = (what: string) => {
    throw new Error(`This is no plain XML: ${what}.`)
  }
  Object.assign(parser, {
    onerror: () => fail('it cannot be read'),
    ondoctype: () => fail('it has a document type'),
    onopentag: ({ name, attributes }: Tag) => {
      if (path.length > DEEPEST) fail('it nests too deep')
      const element = { name, attributes, children: [] as XmlElement[] }
      path.at(-1)!.children.push(element)
      path.push(element)
    },
    onclosetag: () => void path.pop(),
  })
  parser.write(text).close()
  return root.children[0] ?? fail('it is empty')
}

/** The first element of that name, wherever it is in the document's order. */
export function firstOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of element?.children ?? []) {
    const found = child.name === name ? child : firstOf(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Its own child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name)
}
