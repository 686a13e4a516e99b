import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { pushAuthorization, sealForBrowser } from './web-push.ts'

process.env['PLUMBLINE_SECRET'] ??= Buffer.alloc(32, 7).toString('base64')

test('a message is sealed as the example of RFC 8291 is', () => {
  const sealed = sealForBrowser(
    'When I grow up, I want to be a watermelon',
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    {
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
    },
  )
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('who sends is signed for the push service alone, for an hour', async () => {
  const now = new Date('2026-03-02T09:00Z')
  const header = await pushAuthorization('https://push.example:8443/abc', 'https://desk.example', now)
  const [, text, signature, key] = /^vapid t=(.+)\.(.+), k=(.+)$/.exec(header)!
  const claims = JSON.parse(Buffer.from(text!.split('.')[1]!, 'base64url').toString())
  const raw = Buffer.from(key!, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  }
  const publicKey = createPublicKey({ format: 'jwk', key: jwk })
  expect(claims).toEqual({
    aud: 'https://push.example:8443',
    exp: now.getTime() / 1000 + 3600,
    sub: 'https://desk.example',
  })
  expect(
    verify(
      'sha256',
      Buffer.from(text!),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    ),
  ).toBe(true)
})
