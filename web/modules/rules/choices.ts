import type { PickOption } from '#web/ui/sentence.tsx'

interface Named {
  readonly id: string
  readonly name: string
}

/** What a rule can name, by kind. */
export interface Choices {
  readonly customer: readonly Named[]
  readonly site: readonly Named[]
  readonly service: readonly Named[]
  readonly team: readonly Named[]
  readonly person: readonly Named[]
  readonly calendar: readonly Named[]
  readonly webhook: readonly Named[]
}

/** Undefined while they are on their way. */
export type MaybeChoices = Choices | undefined

/** Of one kind as options of a sentence. */
export function optionsOf(choices: MaybeChoices, kind: keyof Choices): readonly PickOption<string>[] {
  return (choices?.[kind] ?? []).map(({ id, name }) => ({ value: id, label: name }))
}
