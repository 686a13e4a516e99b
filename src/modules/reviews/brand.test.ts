import JSZip from 'jszip'
import { expect, test, vi } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { sent } from '#platform/documents/slide-master-testing.ts'
import { brandedLetterhead } from './brand.ts'
import { documentOf, rendered } from './documents-testing.ts'
import { reviewWorld } from './testing.ts'
import { factsWith } from './testing-facts.ts'

vi.setConfig({ testTimeout: 120_000 })

const manager = actorWith('staff', ['service-manager'])

test('documents for a customer have its colour, its logo and its slides, until they are taken away', async () => {
  const { call, addCustomer, db } = await reviewWorld()
  const { id } = await addCustomer('Nordhafen Logistik', 'NHL')
  const path = `/customers/${id}/brand`
  expect((await call('GET', path)).body).toEqual({ accent: null, logo: false, slideMaster: null })
  await call('PUT', path, { accent: '#c2410c' })
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 2"><rect width="8" height="2"/></svg>'
  expect((await call('GET', `${path}/logo`)).status).toBe(404)
  await call('PUT', `${path}/logo`, Buffer.from(drawing))
  expect((await call('GET', `${path}/logo`)).text).toBe(drawing)
  // For programs that show no drawings there is a picture beside it.
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='
  expect((await call('PUT', `${path}/logo/picture`, Buffer.from(drawing))).body.code).toBe('logo.unknown')
  expect((await call('PUT', `${path}/logo/picture`, Buffer.from(png, 'base64'))).status).toBe(200)
  expect((await brandedLetterhead(db, id)).logo?.picture).toBeTruthy()
  expect((await call('GET', `${path}/logo`)).text).toBe(drawing)
  const taken = await call('PUT', `${path}/slides?name=Nordhafen.pptx`, await sent(), { as: manager })
  expect(taken.body).toMatchObject({ accent: '#c2410c', logo: true, slideMaster: { name: 'Nordhafen.pptx' } })

  const letterhead = await brandedLetterhead(db, id)
  const zip = await JSZip.loadAsync(documentOf(await rendered(factsWith(), [], ['de'], letterhead), 'de', 'pptx'))
  const layouts = Object.keys(zip.files).filter((each) => /slideLayout\d+\.xml$/.test(each))
  expect(layouts).toHaveLength(1)
  expect(await zip.file(layouts[0]!)!.async('string')).toContain('name="Only a title"')
  // The plumb line is ours: on their slides it is not drawn.
  expect(await zip.file('ppt/slides/slide2.xml')!.async('string')).not.toContain('C2410C')

  for (const part of ['logo', 'slides']) await call('DELETE', `${path}/${part}`)
  expect((await call('GET', path)).body).toEqual({ accent: '#c2410c', logo: false, slideMaster: null })
  expect((await brandedLetterhead(db, id)).slideMaster).toBeNull()
})

test('what is too large, of a wrong kind or cannot be used is refused with a sentence, and nothing changes', async () => {
  const { call, addCustomer } = await reviewWorld()
  const { id } = await addCustomer('Nordhafen Logistik', 'NHL')
  const path = `/customers/${id}/brand`
  const said = async (part: string, file: Buffer) => {
    const { status, body } = await call('PUT', `${path}/${part}`, file, { headers: { 'accept-language': 'de' } })
    return [status, body.code]
  }
  expect(await said('logo', Buffer.alloc(30_000_000))).toEqual([413, 'logo.too-large'])
  expect(await said('logo', Buffer.from('%PDF-1.7'))).toEqual([400, 'logo.unknown'])
  expect(await said('slides', Buffer.alloc(30_000_000))).toEqual([413, 'slide-master.too-large'])
  expect(await said('slides', Buffer.from('%PDF-1.7'))).toEqual([400, 'slide-master.unknown'])
  const noLayout = await call('PUT', `${path}/slides`, await sent({ title: null }))
  expect(noLayout.body.detail).toContain('Add the layout “Title Only”')
  expect((await call('PUT', path, { accent: 'red' })).status).toBe(400)
  expect((await call('GET', path)).body).toEqual({ accent: null, logo: false, slideMaster: null })

  const agent = actorWith('staff', ['agent'])
  expect((await call('PUT', `${path}/slides`, await sent(), { as: agent })).body.code).toBe('may.managers')
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [id])
  for (const each of [path, `${path}/logo`])
    expect((await call('GET', each, undefined, { as: stakeholder })).status).toBe(404)
})
