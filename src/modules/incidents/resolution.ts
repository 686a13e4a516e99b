import { invalid } from '#core/failure.ts'
import { lackingToResolve, type Resolving } from '#core/resolution.ts'
import type { Context } from '#platform/context.ts'
import { readResolving } from '#platform/resolving.ts'

interface Resolvable {
  readonly category: string | null
  readonly serviceId: string | null
  readonly resolutionCode: string | null
}

/** Throws when it is none of those that can be chosen, and says which these are. */
export async function requireResolutionCode({ db }: Pick<Context, 'db'>, code: string): Promise<void> {
  requireListed(await readResolving(db), code)
}

/**
 * The code that an incident is resolved with: the one given, else the one it has. Throws when it cannot be chosen, and where
 * everybody is asked for what an incident has to have (DOMAIN §2.3.2), when some of that is missing; people at the desk are
 * asked by its dialog.
 */
export async function resolutionCodeOf(
  { db }: Pick<Context, 'db'>,
  incident: Resolvable,
  given: string | undefined,
): Promise<string | null> {
  const resolving = await readResolving(db)
  if (given !== undefined) requireListed(resolving, given)
  const { category, serviceId: service } = incident
  const code = given ?? incident.resolutionCode
  if (!resolving.everybody) return code
  const [first, ...more] = lackingToResolve(resolving, { code, category, service })
  if (first === undefined) return code
  const path = { code: 'resolutionCode', category: 'category', service: 'service' } as const
  throw invalid(
    'incident.resolving-needs',
    { needs: first, codes: codesIn(resolving) },
    { errors: [first, ...more].map((need) => ({ path: path[need], message: '' })) },
  )
}

function requireListed(resolving: Resolving, code: string): void {
  if (resolving.codes.some((each) => each.code === code && !each.retired)) return
  const errors = [{ path: 'resolutionCode', message: '' }]
  throw invalid('incident.resolution-code', { code, codes: codesIn(resolving) }, { errors })
}

function codesIn({ codes }: Resolving): string {
  return codes
    .filter(({ retired }) => !retired)
    .map(({ code }) => code)
    .join(', ')
}
