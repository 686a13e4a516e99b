/** Asks whoever sits there to sign in again; true when they did. */
type Ask = () => Promise<boolean>

let ask: Ask | null = null
let asking: Promise<boolean> | null = null

/** Who asks, while somebody is signed in; null when nobody is: then a refused call simply fails. */
export function askBySigningIn(by: Ask | null): void {
  ask = by
}

/** Once for all calls that are refused at the same time. */
export function signInAgain(): Promise<boolean> {
  if (ask === null) return Promise.resolve(false)
  asking ??= ask().finally(() => {
    asking = null
  })
  return asking
}
