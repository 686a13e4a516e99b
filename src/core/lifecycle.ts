/** For each state, the actions allowed there and the state each leads to. What is not listed is refused. */
export type Lifecycle<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>

/** The states that can be reached from `state` in one step, each once, in the table's order. */
export function reachable<State extends string>(lifecycle: Lifecycle<State, string>, state: State): readonly State[] {
  return [...new Set(Object.values(lifecycle[state]) as State[])]
}
