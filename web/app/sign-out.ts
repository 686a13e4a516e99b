import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { tellSession } from '#web/http/session-news.ts'
import { dropDrafts } from '#web/ui/drafts.ts'

/** Ends the session. The page is loaded anew, so that nothing of what was seen stays in it. */
export async function signOut(): Promise<void> {
  await call(api.signOut, {})
  dropDrafts()
  tellSession(null)
  location.assign('/sign-in')
}
