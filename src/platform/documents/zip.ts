import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file whose contents are compressed as they come. */
export interface FileInMaking {
  /** Waits while what was written before is still being compressed. */
  readonly write: (text: string) => Promise<void>
  readonly close: () => Promise<CompressedFile>
}

/** The contents of a file, for as many archives as have it. */
export interface CompressedFile {
  readonly parts: readonly Buffer[]
  /** CRC-32, compressed and whole size, as archives state them. */
  readonly sizes: Buffer
}

/** An archive in the making, one file after the other. */
export interface ZipInMaking {
  /** @param name ASCII, with slashes. */
  readonly place: (name: string, file: CompressedFile) => void
  readonly add: (name: string, text: string) => Promise<void>
  readonly finish: () => Buffer
}

/** Compression follows the contents in another thread; a little less of it is a lot faster. */
const LEVEL = 4
const DEFLATED = 8
const VERSION = 20

/** Contents are not copied: what grows is the compressed form. */
export function compressed(): FileInMaking {
  const parts: Buffer[] = []
  const deflate = createDeflateRaw({ level: LEVEL })
  let checksum = 0
  let size = 0
  let small = 0
  deflate.on('data', (part: Buffer) => {
    small += part.length
    parts.push(part)
  })
  return {
    write: async (text) => {
      const bytes = Buffer.from(text)
      checksum = crc32(bytes, checksum)
      size += bytes.length
      if (!deflate.write(bytes)) await once(deflate, 'drain')
    },
    close: async () => {
      deflate.end()
      await once(deflate, 'end')
      const sizes = Buffer.alloc(12)
      sizes.writeUInt32LE(checksum, 0)
      sizes.writeUInt32LE(small, 4)
      sizes.writeUInt32LE(size, 8)
      return { parts, sizes }
    },
  }
}

/**
 * Archives below 4 GB (no ZIP64).
 *
 * @param made The moment that all files bear, so that the same contents give the same bytes.
 */
export function zip(made: Date): ZipInMaking {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const { time, day } = dosMoment(made)

  function place(name: string, { parts: contents, sizes }: CompressedFile): void {
    const nameBytes = Buffer.from(name, 'ascii')
    const file = { sizes, nameLength: nameBytes.length, begins: offset, time, day }
    directory.push(directoryHeader(file), nameBytes)
    for (const part of [localHeader(file), nameBytes, ...contents]) {
      parts.push(part)
      offset += part.length
    }
  }

  return {
    place,
    add: async (name, text) => {
      const file = compressed()
      await file.write(text)
      place(name, await file.close())
    },
    finish: () => {
      const listed = Buffer.concat(directory)
      return Buffer.concat([...parts, listed, endOfDirectory(directory.length / 2, listed.length, offset)])
    },
  }
}

function localHeader({ sizes, nameLength, time, day }: Listed): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\u0003\u0004', 0, 'latin1')
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(time, 10)
  header.writeUInt16LE(day, 12)
  sizes.copy(header, 14)
  header.writeUInt16LE(nameLength, 26)
  return header
}

interface Listed {
  readonly sizes: Buffer
  readonly nameLength: number
  readonly begins: number
  readonly time: number
  readonly day: number
}

function directoryHeader({ sizes, nameLength, begins, time, day }: Listed): Buffer {
  const header = Buffer.alloc(46)
  header.write('PK\u0001\u0002', 0, 'latin1')
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(VERSION, 6)
  header.writeUInt16LE(DEFLATED, 10)
  header.writeUInt16LE(time, 12)
  header.writeUInt16LE(day, 14)
  sizes.copy(header, 16)
  header.writeUInt16LE(nameLength, 28)
  header.writeUInt32LE(begins, 42)
  return header
}

function endOfDirectory(entries: number, size: number, begins: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(begins, 16)
  return end
}

/** Two-second steps since 1980, as archives count. */
function dosMoment(at: Date): { readonly time: number; readonly day: number } {
  const year = Math.max(1980, at.getUTCFullYear())
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    day: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  }
}
