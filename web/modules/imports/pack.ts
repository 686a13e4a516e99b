/**
 * Several files as one `.zip`, not compressed: two exports that belong together travel as one. What is packed as `.gz` comes
 * in as what is in it.
 */
export async function packed(files: readonly File[]): Promise<File> {
  const parts: BlobPart[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (const file of files) {
    const { name, content } = await unpackedOf(file)
    const encoded = new TextEncoder().encode(name)
    const about = [await checksumOf(content), content.size, content.size, encoded.length] as const
    // Version 2.0, names in UTF-8, stored, midnight of 1 January 1980.
    const own = header([4, 0x04034b50], [2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], ...sizes(about), [2, 0])
    parts.push(own, encoded, content)
    directory.push(
      header(
        [4, 0x02014b50],
        [2, 20],
        [2, 20],
        [2, 0x0800],
        [2, 0],
        [2, 0],
        [2, 0x21],
        ...sizes(about),
        [2, 0],
        [2, 0],
      ),
      header([2, 0], [2, 0], [4, 0], [4, offset]),
      encoded,
    )
    offset += own.length + encoded.length + content.size
  }
  const length = directory.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const end = header(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, length],
    [4, offset],
    [2, 0],
  )
  return new File(
    [...parts, ...directory, end],
    `${files.map(({ name }) => name.replace(/\..*$/, '')).join(' + ')}.zip`,
  )
}

type Number = readonly [bytes: 2 | 4, value: number]

function sizes([sum, packedSize, size, name]: readonly [number, number, number, number]): readonly Number[] {
  return [
    [4, sum],
    [4, packedSize],
    [4, size],
    [2, name],
  ]
}

/** Numbers, the lowest byte first. */
function header(...numbers: readonly Number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.reduce((sum, [width]) => sum + width, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += width
  }
  return bytes
}

async function unpackedOf(file: File): Promise<{ readonly name: string; readonly content: Blob }> {
  const [one, two] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (one !== 0x1f || two !== 0x8b) return { name: file.name, content: file }
  const content = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob()
  return { name: file.name.replace(/\.gz$/i, ''), content }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32, read piece by piece: an export may be larger than the memory. */
async function checksumOf(content: Blob): Promise<number> {
  let sum = 0xffffffff
  const reader = content.stream().getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read())
    for (const byte of read.value) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff]!
  return (sum ^ 0xffffffff) >>> 0
}
