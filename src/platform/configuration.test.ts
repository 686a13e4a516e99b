import { expect, test } from 'vitest'
import { configurationOf } from './configuration.ts'

test.each([
  [{}, 'http://127.0.0.1:4600'],
  [{ HOST: 'desk.example', PORT: '80' }, 'http://desk.example:80'],
  [{ HOST: '::1' }, 'http://[::1]:4600'],
  // Where it listens to all addresses of a machine.
  [{ HOST: '0.0.0.0' }, 'http://localhost:4600'],
  [{ HOST: '::' }, 'http://localhost:4600'],
  [{ HOST: '0.0.0.0', PLUMBLINE_URL: 'https://desk.example/' }, 'https://desk.example'],
])('the links of %j begin with %s', (env, url) => {
  expect(configurationOf(env).url).toBe(url)
})
