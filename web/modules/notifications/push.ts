/** Why this browser cannot be reached while the application is closed; null when it can. */
export function barredFromPush(): 'unable' | 'denied' | null {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unable'
  return Notification.permission === 'denied' ? 'denied' : null
}

interface Subscribed {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

/**
 * Asks whoever sits there, and then this browser's push service. `refused` when they said no, `unreachable` when the browser
 * has no such service or does not get there: in a private window, or where a network lets nothing of it through.
 */
export async function subscribeHere(key: string): Promise<Subscribed | 'refused' | 'unreachable'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused'
  const { pushManager } = await navigator.serviceWorker.ready
  // One of another installation at the same address has another key.
  await (await pushManager.getSubscription())?.unsubscribe()
  const asked = { userVisibleOnly: true, applicationServerKey: key }
  const subscription = await pushManager.subscribe(asked).catch(() => null)
  const { endpoint, keys: { p256dh, auth } = {} } = subscription?.toJSON() ?? {}
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return 'unreachable'
  return { endpoint, keys: { p256dh, auth } }
}
