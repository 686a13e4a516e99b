/** Tabs of one browser share a session: what one does with it the others have to know. */

const NAME = 'plumbline.session'

/** Whose session it is from now on; null: it was ended on purpose. */
type News = string | null

/** Tells the other tabs. */
export function tellSession(personId: News): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(NAME)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel's messages never leave its origin
  channel.postMessage(personId)
  channel.close()
}

/** Hears what other tabs tell, until what it returns is called. */
export function hearSession(listener: (personId: News) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<News>) => listener(data))
  return () => channel.close()
}
