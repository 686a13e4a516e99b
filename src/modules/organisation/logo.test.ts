import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { drawingOf, logoOf } from './logo.ts'

const start = '<svg xmlns="http://www.w3.org/2000/svg"'

describe('of an SVG only what is drawing is kept', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in a drawing of its own', '<g><script xlink:href="//evil.example/x.js"/></g>', '<g></g>'],
    ['what handles an event', '<rect width="1" onload="alert(1)"/>', '<rect width="1"/>'],
    ['a page inside', '<foreignObject><body xmlns="x"><p>hi</p></body></foreignObject>'],
    ['a picture from elsewhere', '<image href="https://evil.example/track.png"/>'],
    ['a reference to elsewhere', '<use href="https://evil.example/#a"/>', '<use/>'],
    ['a colour from elsewhere', '<rect fill="url(https://evil.example/#a)"/>', '<rect/>'],
    ['rules from elsewhere', '<style>@import url(//evil.example)</style>', '<style></style>'],
    ['an address that runs', '<a href="javascript:alert(1)"><rect/></a>'],
    ['what changes an address later', '<animate attributeName="href" to="javascript:alert(1)"/>'],
    ['notes of the program that drew it', '<metadata><rdf:RDF/></metadata><sodipodi:namedview/>'],
  ])('without %s', (_, given, left = '') => {
    expect(drawingOf(`<?xml version="1.0"?><!-- x -->${start}>${given}</svg>`)).toBe(`${start}>${left}</svg>`)
  })

  test('and that stays as it was', () => {
    const drawing = `${start} viewBox="0 0 2 2"><style>.a{fill:#fff}</style><defs><linearGradient id="g"><stop offset="1"/></linearGradient></defs><rect class="a" fill="url(#g)"/><use href="#g"/><text>A &amp; B</text></svg>`
    expect(drawingOf(drawing)).toBe(drawing)
  })

  test.each([
    ['open', `${start}><g></svg>`],
    ['with entities of its own', `<!DOCTYPE svg [<!ENTITY x "y">]>${start}/>`],
    ['cut off', `${start}><path d="M0`],
    ['nothing', ''],
    ['two things', '<g/>'],
  ])('and what is %s is refused', (_, text) => {
    expect(() => drawingOf(text)).toThrow('logo.broken')
  })
})

describe('a logo is known by its content', () => {
  test('a PNG is kept without what hangs behind it', () => {
    const png = pngOf(2, 2)
    const logo = logoOf(Buffer.concat([png, Buffer.from('<script>')]))
    expect(logo.type).toBe('image/png')
    expect(logo.bytes.equals(png)).toBe(true)
    expect(() => logoOf(png.subarray(0, -6))).toThrow('logo.broken')
    expect(() => logoOf(pngOf(5000, 1))).toThrow('logo.too-wide')
  })

  test('what is neither is refused', () => {
    for (const other of ['GIF89a', '<html><body/></html>', '%PDF-1.7', '']) {
      expect(() => logoOf(Buffer.from(other))).toThrow('logo.unknown')
    }
  })
})

function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const chunk = (kind: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(kind), data, Buffer.alloc(4)])
  }
  const pixels = deflateSync(Buffer.alloc(height * (1 + width * 3)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}
