/** Asks whoever sits there to sign in again; true when they did. */
type Ask = () => Promise<boolean>

let ask: Ask | null = null
let asking: Promise<boolean> | null = null

/** What has to be over before anybody is asked. */
let before: Promise<unknown> = Promise.resolve()

/** Until `known` nobody is asked: whether the session still is the one that was shown is just being found out. */
export function askNobodyBefore(known: Promise<unknown>): void {
  before = known
}

/** Who asks, while somebody is signed in; null when nobody is: then a refused call simply fails. */
export function askBySigningIn(by: Ask | null): void {
  ask = by
}

/** Once for all calls that are refused at the same time. */
export async function signInAgain(): Promise<boolean> {
  await before
  if (ask === null) return false
  asking ??= ask().finally(() => {
    asking = null
  })
  return asking
}
