import type { Source } from '#api/imports'

/** As much of a file as is looked at. */
const HEAD_BYTES = 64 * 1024

/** Columns of ServiceNow's incident table that others do not have, by their names and as labels. */
const serviceNow =
  /\b(sys_(?:id|created|updated|mod)|opened_at|incident_state|short_description|caller_id|assignment_group|made_sla|close_notes)\b|"?short description"?[,;\t].*assignment group|kurzbeschreibung.*zuweisungsgruppe/i

/** Columns of either export of HP Service Manager. */
const serviceManager = /\bincident_?\s?activity_?\s?type\b|\bopen_?\s?time\b.*\bclosure_?\s?code\b/i
/** The first element of an event log, behind the declaration and remarks. */
const eventLog = /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<log[\s>]/

/** Where an export seems to come from, by its first line; also of one that is packed as .gz or .zip. */
export async function sourceOf(file: Blob): Promise<Source> {
  const head = await headOf(file)
  if (eventLog.test(head)) return 'xes'
  const [first = ''] = head.split(/\r?\n/, 1)
  if (serviceManager.test(first)) return 'hp-service-manager'
  return serviceNow.test(first) ? 'servicenow' : 'csv'
}

/** The beginning of the text; empty when it cannot be read here, which the server then says in its own words. */
async function headOf(file: Blob): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    const [one, two, three, four] = bytes
    if (one === 0x1f && two === 0x8b) return await unpacked(bytes, 'gzip')
    if (one === 0x50 && two === 0x4b && three === 3 && four === 4) return await firstEntry(bytes)
    return decode(bytes)
  } catch {
    return ''
  }
}

/** The first file inside a zip: its header says how long its own name and extra field are, then come its bytes. */
async function firstEntry(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const view = new DataView(bytes.buffer)
  const begins = 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const packed = bytes.slice(begins)
  return view.getUint16(8, true) === 0 ? decode(packed) : unpacked(packed, 'deflate-raw')
}

/** What comes out before the bytes end in the midst of it. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader()
  const { value } = await reader.read()
  // The rest fails, because it is cut off; nobody wants it.
  reader.cancel().catch(() => undefined)
  return value ? decode(value) : ''
}

function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes)
}
