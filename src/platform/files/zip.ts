import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Failure, invalid } from '#core/failure.ts'

/** The one file in a zip that holds text. */
export interface ZipEntry {
  readonly name: string
  readonly stream: Readable
  readonly packedSize: number
  /** As the zip says; the bytes are counted against it when they come. */
  readonly unpackedSize: number
}

/** More than anybody packs beside an export. */
const MOST_ENTRIES = 1000

/**
 * Opens the file of text in a zip, or the one of that name. Fails when there are several and none was named, none at all,
 * or one that is locked.
 */
export async function openZipEntry(path: string, name?: string): Promise<ZipEntry> {
  try {
    return await find(path, name)
  } catch (error) {
    if (error instanceof Failure || /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw invalid('file.damaged', { packing: 'zip' })
  }
}

/** Names of the files of text in a zip. */
export async function textsInZip(path: string): Promise<string[]> {
  try {
    const zip = await openPromise(path, { autoClose: false, strictFileNames: false })
    try {
      const files = (await entriesOf(zip)).filter(({ fileName }) => !fileName.endsWith('/') && !isClutter(fileName))
      return files.map(({ fileName }) => fileName)
    } finally {
      zip.close()
    }
  } catch (error) {
    if (error instanceof Failure || /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw invalid('file.damaged', { packing: 'zip' })
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > MOST_ENTRIES) throw invalid('file.zip-crowded', { most: MOST_ENTRIES })
  }
  return entries
}

async function find(path: string, name: string | undefined): Promise<ZipEntry> {
  const zip = await openPromise(path, { autoClose: false, strictFileNames: false })
  try {
    const entries = await entriesOf(zip)
    const entry = entries.find(({ fileName }) => fileName === name) ?? chosen(entries)
    if (entry.isEncrypted()) throw invalid('file.zip-locked', { name: entry.fileName })
    const stream = await zip.openReadStreamPromise(entry)
    stream.once('close', () => zip.close())
    return { name: entry.fileName, stream, packedSize: entry.compressedSize, unpackedSize: entry.uncompressedSize }
  } catch (error) {
    zip.close()
    throw error
  }
}

function chosen(entries: readonly Entry[]): Entry {
  const names = entries.map(({ fileName }) => fileName)
  if (names.includes('[Content_Types].xml')) {
    throw invalid('file.wrong-kind', { kind: names.some((name) => name.startsWith('xl/')) ? 'excel' : 'office' })
  }
  if (names[0] === 'mimetype') throw invalid('file.wrong-kind', { kind: 'office' })
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !isClutter(fileName))
  const texts = files.filter(({ fileName }) => /\.(csv|tsv|tab|txt)$/i.test(fileName))
  const found = texts.length === 1 ? texts : files
  const [only] = found
  if (only === undefined) throw invalid('file.zip-empty')
  if (found.length > 1) throw invalid('file.zip-many', { names: listed(found.map(({ fileName }) => fileName)) })
  return only
}

/** What archivers of macOS and Windows add by themselves. */
function isClutter(name: string): boolean {
  return name.startsWith('__MACOSX/') || /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/.test(name)
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => (name.length > 80 ? `${name.slice(0, 79)}…` : name))
  return names.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ')
}
