import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { callOutside, standingOf } from './outgoing-call.ts'

test.each([
  ['8.8.8.8', 'outside'],
  ['2606:4700::1111', 'outside'],
  ['::ffff:8.8.8.8', 'outside'],
  ['127.0.0.1', 'barred'],
  ['127.9.9.9', 'barred'],
  ['0.0.0.0', 'barred'],
  ['10.1.2.3', 'barred'],
  ['100.64.0.1', 'barred'],
  ['172.31.255.255', 'barred'],
  ['172.32.0.1', 'outside'],
  ['192.168.1.1', 'barred'],
  ['169.254.169.254', 'barred'],
  ['224.0.0.1', 'barred'],
  ['255.255.255.255', 'barred'],
  ['::', 'barred'],
  ['::1', 'barred'],
  ['::ffff:127.0.0.1', 'barred'],
  ['::ffff:7f00:1', 'barred'],
  ['0:0:0:0:0:ffff:a9fe:a9fe', 'barred'],
  ['::127.0.0.1', 'barred'],
  ['64:ff9b::7f00:1', 'barred'],
  ['2002:7f00:1::', 'barred'],
  ['2001:0:7f00:1::', 'barred'],
  ['fe80::1%eth0', 'barred'],
  ['fd00::1', 'barred'],
  ['fec0::1', 'barred'],
  ['ff02::1', 'barred'],
  ['nonsense', 'barred'],
])('%s is %s', (address, standing) => {
  expect(standingOf(address)).toBe(standing)
})

test('a network that was allowed is open, but for where clouds keep secrets', () => {
  const allowed = ['10.1.0.0/16', '169.254.0.0/16', 'fd00::/8']
  expect(standingOf('10.1.2.3', allowed)).toBe('allowed')
  expect(standingOf('::ffff:10.1.2.3', allowed)).toBe('allowed')
  expect(standingOf('10.2.2.3', allowed)).toBe('barred')
  expect(standingOf('fd12::1', allowed)).toBe('allowed')
  expect(standingOf('169.254.169.254', allowed)).toBe('barred')
  expect(standingOf('fd00:ec2::254', allowed)).toBe('barred')
})

const call = (url: string, allowed: readonly string[] = ['127.0.0.0/8'], timeoutMs = 2000) =>
  callOutside({ url, method: 'POST', headers: {}, body: 'x', timeoutMs, answerBytes: 10, allowed })

test.each([
  ['http://localhost:1/', 'private', []],
  ['http://2130706433/', 'private', []],
  ['http://0x7f.1/', 'private', []],
  ['http://[::ffff:127.0.0.1]/', 'private', []],
  ['http://8.8.8.8/', 'plain', []],
  ['ftp://8.8.8.8/', 'address', []],
  ['https://user:word@8.8.8.8/', 'address', []],
  ['https://nobody.invalid/', 'unknown-host', []],
  ['http://127.0.0.1:1/', 'refused', ['127.0.0.0/8']],
])('%s is not called: %s', async (url, problem, allowed) => {
  await expect(call(url, allowed)).rejects.toMatchObject({ name: 'CallRefused', problem })
})

test('an answer is read as far as its limit, a redirection is an answer, and no answer ends in time', async () => {
  const server = createServer((request, reply) => {
    if (request.url === '/away') reply.writeHead(302, { location: 'http://169.254.169.254/' }).end('away')
    if (request.url === '/long') reply.end('0123456789 and much more')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => server.close().closeAllConnections())
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await call(`${at}/away`)).toEqual({ status: 302, text: 'away' })
  expect(await call(`${at}/long`)).toEqual({ status: 200, text: '0123456789' })
  await expect(call(`${at}/never`, ['127.0.0.0/8'], 50)).rejects.toMatchObject({ problem: 'timeout' })
})
