import { posix } from 'node:path'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { xmlTree } from './xml-tree.ts'

/** Where a part of a package leads to. */
export interface Relation {
  readonly id: string
  readonly type: string
  /** The last word of its type: `slideLayout`. */
  readonly kind: string
  /** The path of the part, or an address outside. */
  readonly target: string
  readonly outside: boolean
}

/** A file of Office, read part by part as they are asked for. */
export interface OfficePackage {
  readonly has: (path: string) => boolean
  readonly bytes: (path: string) => Promise<Buffer>
  readonly text: (path: string) => Promise<string>
  readonly relations: (path: string) => Promise<readonly Relation[]>
  readonly typeOf: (path: string) => string
}

const MOST_PARTS = 5000

/**
 * Opens a package. Fails when it is none, or when what is in it is larger than `most` bytes unpacked, counted by what is
 * said and held to that while it is read.
 */
export async function officePackage(file: Buffer, most: number): Promise<OfficePackage> {
  const zip = await fromBufferPromise(file, { lazyEntries: true, strictFileNames: false, autoClose: false })
  const entries = await entriesOf(zip, most)
  const bytes = async (path: string) => {
    const entry = entries.get(path)
    if (entry === undefined || entry.isEncrypted()) throw new Error(`The package has no part ${path}.`)
    const parts: Buffer[] = []
    for await (const part of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) parts.push(part)
    return Buffer.concat(parts)
  }
  const text = async (path: string) => (await bytes(path)).toString('utf8').replace(/^\ufeff/, '')
  const types = xmlTree(await text('[Content_Types].xml')).children.map(({ attributes }) => attributes)
  return {
    has: (path) => entries.has(path),
    bytes,
    text,
    relations: async (path) => {
      const beside = relationsOf(path)
      return entries.has(beside) ? readRelations(path, await text(beside)) : []
    },
    typeOf: (path) =>
      (types.find(({ PartName }) => PartName === `/${path}`) ??
        types.find(({ Extension }) => Extension?.toLowerCase() === path.split('.').at(-1)!.toLowerCase()))?.[
        'ContentType'
      ] ?? 'application/octet-stream',
  }
}

async function entriesOf(zip: ZipFile, most: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let size = 0
  for await (const entry of zip.eachEntry()) {
    size += entry.uncompressedSize
    if (size > most || entries.size >= MOST_PARTS) throw new Error('The package is larger than it may be.')
    entries.set(entry.fileName, entry)
  }
  return entries
}

/** Where the relations of a part are written. */
export function relationsOf(path: string): string {
  return posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`)
}

function readRelations(path: string, written: string): Relation[] {
  return xmlTree(written).children.map(({ attributes: { Id = '', Type = '', Target = '', TargetMode } }) => {
    const outside = TargetMode === 'External'
    const absolute = posix.join('/', posix.dirname(path), '.')
    const target = outside ? Target : posix.resolve(absolute, Target).slice(1)
    return { id: Id, type: Type, kind: Type.split('/').at(-1)!, target, outside }
  })
}

/** The target of the first relation of a kind; undefined where there is none. */
export async function relatedTo(from: OfficePackage, path: string, kind: string): Promise<string | undefined> {
  return (await from.relations(path)).find((each) => each.kind === kind && !each.outside)?.target
}

/** The part in which a file begins. */
export async function mainPart(from: OfficePackage): Promise<string | undefined> {
  const root = xmlTree(await from.text('_rels/.rels'))
  const main = root.children.find(({ attributes }) => attributes['Type']?.endsWith('/officeDocument'))
  return main?.attributes['Target']?.replace(/^\//, '')
}
