import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testWorld } from '../../testing.ts'
import { openSecrets, readAccounts, sealSecrets } from './account.ts'
import { noDovecot, startDovecot } from './dovecot-testing.ts'
import { openMailbox } from './mailbox.ts'
import { credentialsOf, forgetAccess } from './oauth.ts'

const USER = 'hilfe@dienst.example'
const CLIENT = { client_id: 'plumbline', client_secret: 'between-the-two' }

beforeAll(() => void vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url')))
afterAll(() => void vi.unstubAllEnvs())

/** A certified provider that grants access to mailboxes, and another refresh token with each access token. */
async function tokenServer() {
  const server = createServer()
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      { ...CLIENT, grant_types: ['refresh_token', 'authorization_code'], redirect_uris: ['https://x.example'] },
    ],
    clientAuthMethods: ['client_secret_post', 'client_secret_basic'],
    clientDefaults: { token_endpoint_auth_method: 'client_secret_post' },
    features: { devInteractions: { enabled: false }, introspection: { enabled: true, allowedPolicy: () => true } },
    scopes: ['openid', 'offline_access'],
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  })
  const answer = provider.callback()
  const asked: string[] = []
  server.on('request', (request, response) => {
    asked.push(request.url!)
    void answer(request, response)
  })
  return {
    provider,
    url: `${issuer}/token`,
    introspection: `http://127.0.0.1:${port}/token/introspection`,
    asked: (path: string) => asked.filter((each) => each === path).length,
    /** What an administrator copies from the provider, having agreed there. */
    agree: async () => {
      const client = (await provider.Client.find(CLIENT.client_id))!
      const grant = new provider.Grant({ accountId: USER, clientId: CLIENT.client_id })
      grant.addOIDCScope('openid offline_access')
      const grantId = await grant.save()
      const token = new provider.RefreshToken({
        accountId: USER,
        client,
        grantId,
        scope: 'openid offline_access',
        gty: 'authorization_code',
        rotations: 0,
        iiat: Math.floor(Date.now() / 1000),
      })
      return { grantId, refreshToken: await token.save() }
    },
    stop: () => stop(server),
    start: () => listen(port),
  }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

const missing = noDovecot()

test.skipIf(missing !== null)(
  'a mailbox is opened by what a provider grants, for as long as it grants it',
  async () => {
    const tokens = await tokenServer()
    // It names itself in the address, as the provider wants whoever asks whose a token is to do.
    const imap = await startDovecot({
      introspection: tokens.introspection.replace('//', `//${CLIENT.client_id}:${CLIENT.client_secret}@`),
    })
    const { call, database } = await testWorld({})
    const { db } = database
    const { grantId, refreshToken } = await tokens.agree()
    const added = await call('POST', '/mail-accounts', {
      address: USER,
      imap: { host: '127.0.0.1', port: imap.port, security: 'none' },
      userName: USER,
      secret: refreshToken,
      oauth: {
        tokenUrl: 'https://login.example/token',
        clientId: CLIENT.client_id,
        clientSecret: CLIENT.client_secret,
        scope: null,
      },
    })
    expect(added.status, added.text).toBe(201)
    const keep = (columns: object) => db.updateTable('mailAccount').set(columns).execute()
    // An address without encryption is not taken from anybody.
    await keep({ oauthTokenUrl: tokens.url })
    const account = async () => (await readAccounts(db))[0]!
    const sentence = async () =>
      (await call('POST', `/mail-accounts/${added.body.id}/trial`)).body.imap?.sentence ?? 'It works.'
    try {
      await imap.deliver(USER, 'Subject: Drucker\r\n\r\nEr druckt nicht.')
      const client = await openMailbox(db, await account())
      expect(client.mailbox).toMatchObject({ exists: 1 })
      await client.logout()
      // The old refresh token is worth nothing any more; what came instead was kept, sealed.
      const kept = (await openSecrets(await account())).secret
      expect(kept).not.toBe(refreshToken)
      expect((await account()).secret).not.toContain(kept)

      // The next connections show the same access token, also two at once.
      const two = await Promise.all([openMailbox(db, await account()), openMailbox(db, await account())])
      for (const each of two) await each.logout()
      expect(tokens.asked('/token')).toBe(1)

      // It is taken back before its time: whoever is refused asks for another at the next try.
      const { accessToken } = (await credentialsOf(db, await account())) as { readonly accessToken: string }
      await (await tokens.provider.AccessToken.find(accessToken))!.destroy()
      await expect(openMailbox(db, await account())).rejects.toMatchObject({ authenticationFailed: true })
      await (await openMailbox(db, await account())).logout()
      expect(tokens.asked('/token')).toBe(2)

      await tokens.stop()
      forgetAccess(added.body.id)
      expect(await sentence()).toMatch(
        /^The provider that grants access to the mailbox does not answer \(127\.0\.0\.1:/,
      )
      await tokens.start()
      expect(await sentence()).toBe('It works.')

      await keep(await sealSecrets(added.body.id, { oauthClientSecret: 'of another' }))
      expect(await sentence()).toMatch(
        /^The provider does not know the application, or its secret is wrong \(invalid_client\)/,
      )
      await keep(await sealSecrets(added.body.id, { oauthClientSecret: CLIENT.client_secret }))
      await (await tokens.provider.Grant.find(grantId))!.destroy()
      expect(await sentence()).toMatch(/^The provider gives no access for the refresh token \(invalid_grant\)/)
    } finally {
      await imap.end()
      await tokens.stop()
    }
  },
)
