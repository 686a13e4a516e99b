import * as openid from 'openid-client'
import { Failure, invalid } from '#core/failure.ts'

/** What is needed to speak with a provider. */
export interface OpenIdProvider {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly scopes: string
  readonly groupsClaim: string
}

/** Who came, as the provider says. */
export interface Claims {
  /** Theirs alone at this provider, for ever. */
  readonly subject: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string | null
  readonly groups: ReadonlySet<string>
}

/** Of one way to the provider and back; whoever has them all can end it. */
export interface Checks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

const TIMEOUT_SECONDS = 10

/** A provider's discovery document holds for so long without being asked for again. */
const KEPT_MS = 600_000

const known = new Map<string, { readonly at: number; readonly configuration: Promise<openid.Configuration> }>()

/** An issuer's address as it is kept. https, or http on this machine for trials; secrets travel there. */
function requireIssuer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))
  if (!url || !allowed || url.username || url.password || url.search || url.hash) {
    throw invalid('provider.bad-issuer', { issuer: text })
  }
  return url
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/** Asks a provider who it is and how it is spoken to (OpenID Connect Discovery). */
async function discover(
  { issuer, clientId }: Pick<OpenIdProvider, 'issuer' | 'clientId'>,
  secret: string | null,
): Promise<openid.Configuration> {
  const url = requireIssuer(issuer)
  return openid.discovery(url, clientId, {}, secret === null ? openid.None() : withSecret(secret), {
    timeout: TIMEOUT_SECONDS,
    execute: url.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
  })
}

/** {@link discover}, remembered for a while: of a provider that is kept here, as it was at that version. */
async function discovered(provider: OpenIdProvider, secret: string | null): Promise<openid.Configuration> {
  const key = `${provider.id} ${provider.version}`
  const kept = known.get(key)
  if (kept && Date.now() - kept.at < KEPT_MS) return kept.configuration
  const configuration = discover(provider, secret)
  known.set(key, { at: Date.now(), configuration })
  // Not remembered when it failed: the next one may find it mended.
  configuration.catch(() => known.delete(key))
  return configuration
}

/** The secret goes in the header, as everybody has to take it, unless the provider says it takes it in the body only. */
function withSecret(secret: string): openid.ClientAuth {
  const [header, body] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]
  return (server, ...request) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (taken.includes('client_secret_basic') ? header : body)(server, ...request)
  }
}

/** Fails with what is wrong when nobody answers at the issuer's address, or somebody who calls themselves otherwise. */
export async function requireAnswering(
  provider: Pick<OpenIdProvider, 'name' | 'issuer' | 'clientId'>,
  secret: string | null,
): Promise<void> {
  await speaking(provider, () => discover(provider, secret))
}

/** Where to send the browser, and what it has to come back with. */
export async function addressFor(
  provider: OpenIdProvider,
  secret: string | null,
  redirectUri: string,
): Promise<Checks & { readonly address: string }> {
  const configuration = await speaking(provider, () => discovered(provider, secret))
  const checks = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
  }
  const address = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: provider.scopes,
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
  })
  return { ...checks, address: address.href }
}

/**
 * Redeems what the browser came back with. State, nonce, PKCE, issuer, audience and signature are checked by the library.
 *
 * @param parameters What followed the `?`.
 */
export async function claimsFrom(
  provider: OpenIdProvider,
  secret: string | null,
  { redirectUri, parameters, checks }: { redirectUri: string; parameters: string; checks: Checks },
): Promise<Claims> {
  return speaking(provider, async () => {
    const configuration = await discovered(provider, secret)
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(`${redirectUri}?${parameters}`), {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.verifier,
      idTokenExpected: true,
    })
    const told = tokens.claims()!
    // Many providers put into the token only who it is, and tell the rest to whoever asks.
    const asks = configuration.serverMetadata().userinfo_endpoint !== undefined
    const more = asks ? await openid.fetchUserInfo(configuration, tokens.access_token, told.sub) : {}
    return claimsOf({ ...more, ...told }, provider.groupsClaim)
  })
}

function claimsOf(told: Readonly<Record<string, unknown>>, groupsClaim: string): Claims {
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
  return {
    subject: String(told['sub']),
    email: text(told['email']),
    emailVerified: told['email_verified'] === true,
    name: text(told['name']),
    groups: new Set(groupsIn(told, groupsClaim)),
  }
}

/** A claim of this very name, or one inside of others: `realm_access.roles`. */
export function groupsIn(told: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const within = (value: unknown, name: string) =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  const value = told[claim] ?? claim.split('.').reduce<unknown>(within, told)
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value]
  return listed.filter((each) => typeof each === 'string')
}

/** Runs `work` with a provider; what goes wrong there is told as what it means here. */
async function speaking<Result>(
  { name, issuer }: Pick<OpenIdProvider, 'name' | 'issuer'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    if (thrown instanceof openid.AuthorizationResponseError || thrown instanceof openid.ResponseBodyError) {
      const reason = thrown.error_description ?? thrown.error
      throw new Failure('forbidden', 'identity.refused', { provider: name, reason })
    }
    const { code, message, cause } = thrown as { code?: string; message: string; cause?: unknown }
    if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
      const found = (cause as { body?: { issuer?: unknown } } | undefined)?.body?.issuer
      throw invalid('provider.other-issuer', { issuer, found: typeof found === 'string' ? found : '–' })
    }
    const refusal = code?.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT' && code !== 'OAUTH_RESPONSE_IS_NOT_CONFORM'
    if (refusal) throw new Failure('forbidden', 'identity.refused', { provider: name, reason: message })
    const reason = (cause as { message?: string } | undefined)?.message ?? message
    throw new Failure('unavailable', 'provider.unreachable', { name, reason }, { retryAfterSeconds: 10 })
  }
}
