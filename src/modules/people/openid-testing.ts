import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody in the directory of the provider. */
export interface DirectoryPerson {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

/** A certified provider in this process, whose directory a test writes. */
export interface TestProvider {
  readonly issuer: string
  readonly client: { readonly clientId: string; readonly clientSecret: string }
  readonly directory: Map<string, DirectoryPerson>
  /** Goes to the address as a browser and signs in there as `sub`; the parameters that the browser is sent back with. */
  readonly signIn: (address: string, sub: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** @param redirectUri Where it may send people back to. */
export async function testProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const directory = new Map<string, DirectoryPerson>()
  const client = { clientId: 'plumbline', clientSecret: 'a secret between the two' }
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a test needs no better one'] },
    interactions: { url: () => '/interaction' },
    findAccount: (_, sub) => {
      const known = directory.get(sub)
      return known && { accountId: sub, claims: () => ({ ...known }) }
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ accountId: oidc.session!.accountId!, clientId: oidc.client!.clientId })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const url = new URL(request.url!, issuer)
    const accountId = String(request.headers['x-sign-in-as'])
    if (url.pathname === '/interaction') void provider.interactionFinished(request, response, { login: { accountId } })
    else void answer(request, response)
  })
  return {
    issuer,
    client,
    directory,
    signIn: (address, sub) => walk(address, sub, redirectUri),
    stop: () => stop(server),
  }
}

/** Follows redirects with a browser's cookies until they lead back to us. */
async function walk(address: string, sub: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let at = address; ;) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const reply = await fetch(at, { redirect: 'manual', headers: { cookie, 'x-sign-in-as': sub } })
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const location = reply.headers.get('location')
    if (location === null) throw new Error(`${at} leads nowhere: ${reply.status} ${await reply.text()}`)
    at = new URL(location, at).href
    if (at.startsWith(redirectUri)) return new URL(at).search.slice(1)
  }
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
