import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openPromise } from 'yauzl'
import { sourceOf } from './export-head.ts'
import { packed } from './pack.ts'

const incidents = 'incident_id,open_time,closure_code\nIM1,2013-02-13T12:03:35,Other\n'
const activities = 'incident_id,data_stamp,incident_activity_type\nIM1,2013-02-13T12:03:35,Öffnen\n'

test('two exports travel as one .zip that any program reads, packed ones as what is in them', async () => {
  const squeezed = await new Response(new Blob([activities]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
  const zip = await packed([new File([incidents], 'störungen.csv'), new File([squeezed], 'activities.csv.gz')])

  expect(zip.name).toBe('störungen + activities.zip')
  expect(await sourceOf(zip)).toBe('hp-service-manager')
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-pack-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'both.zip'), new Uint8Array(await zip.arrayBuffer()))
  const opened = await openPromise(join(folder, 'both.zip'), { autoClose: false })
  onTestFinished(() => opened.close())
  const read: Record<string, string> = {}
  for await (const entry of opened.eachEntry()) {
    // It checks size and checksum of what it reads.
    read[entry.fileName] = await text(await opened.openReadStreamPromise(entry))
  }
  expect(read).toEqual({ 'störungen.csv': incidents, 'activities.csv': activities })
})
