import { Failure } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { sentence } from '#platform/problem.ts'
import type { Reading } from './queries.ts'

/** How the actor reads reviews. */
export function readingOf({ actor }: Context): Reading {
  return { access: actor.access, explain: (code) => sentence(new Failure('refused', code), actor.language) }
}
