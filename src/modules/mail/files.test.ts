import { expect, test, vi } from 'vitest'
import { EICAR, isClamdThere, startClamd } from '#platform/files/clamd-testing.ts'
import { attachFilesOf } from './files.ts'
import { READ_AT_MOST } from './raw.ts'
import { keepsMails, sendingWorld } from './send-testing.ts'

keepsMails()

/** A mail with these files. */
function withFiles(...files: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[]) {
  const parts = files.map(
    ({ name, type, content }) =>
      `--b\nContent-Type: ${type}; name=${name}\nContent-Transfer-Encoding: base64\n\n${content.toString('base64')}\n`,
  )
  const head =
    'From: eva@kunde.example\nSubject: Drucker\nMessage-ID: <1@kunde.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n'
  return `${head}--b\n\nBild anbei.\n${parts.join('')}--b--\n`
}

const PNG = { name: 'Bild.png', type: 'image/png', content: Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64') }

/** What became of the files of a mail, done twice as a job may be. */
async function filesOf(raw: string, said: { readonly size?: number } = {}) {
  const all = await sendingWorld()
  const { incidentId } = await all.arrive(raw, said)
  const { rows } = await all.database.pool.query<{ id: string }>('select id from received_mail')
  for (let time = 0; time < 2; time += 1) await attachFilesOf(all.jobWorld(), rows[0]!.id)
  const { items } = (await all.call('GET', `/incidents/${incidentId}/attachments`)).body
  const timeline = (await all.call('GET', `/incidents/${incidentId}/timeline`)).body
  const refused = timeline.items.filter(({ kind }: { kind: string }) => kind === 'incident.attachment-refused')
  return {
    kept: items,
    refused: refused.map(({ facts, visibility }: { facts: object; visibility: string }) => ({ ...facts, visibility })),
  }
}

test('files of a mail are there beside its incident, once', async () => {
  const { kept, refused } = await filesOf(withFiles(PNG))
  expect(kept).toMatchObject([{ name: 'Bild.png', type: 'image/png', visibility: 'public' }])
  expect(refused).toEqual([])
})

test.skipIf(!isClamdThere)(
  'a virus is not let in by mail, what came with it is, and the history says so once',
  async () => {
    vi.stubEnv('PLUMBLINE_CLAMD', await startClamd())
    const virus = { name: 'rechnung.pdf', type: 'application/pdf', content: Buffer.from(EICAR) }
    const { kept, refused } = await filesOf(withFiles(virus, PNG)).finally(() =>
      vi.stubEnv('PLUMBLINE_CLAMD', undefined),
    )
    expect(kept.map(({ name }: { name: string }) => name)).toEqual(['Bild.png'])
    expect(refused).toMatchObject([{ name: 'rechnung.pdf', virus: 'Eicar-Test.UNOFFICIAL', visibility: 'internal' }])
  },
)

test('of a mail that is too large to be read to its end the last file stays in it, and the history says so', async () => {
  const film = { name: 'film.bin', type: 'application/octet-stream', content: Buffer.alloc(1000, 7) }
  // Only as much of it was read as is there: so many bytes take some seconds.
  const { kept, refused } = await filesOf(withFiles(PNG, film), { size: READ_AT_MOST + 1 })
  expect(kept.map(({ name }: { name: string }) => name)).toEqual(['Bild.png'])
  expect(refused).toMatchObject([{ name: 'film.bin', virus: '', isHalf: true }])
})
