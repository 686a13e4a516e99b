import type { Context } from '#platform/context.ts'

/**
 * Whoever leads a major incident does with its incidents what leading takes, also where their role is not that of an agent.
 * What they see stays as it is.
 */
export function asWorking(context: Context): Context {
  return { ...context, actor: { ...context.actor, roles: context.actor.roles.union(new Set(['agent'])) } }
}
