import * as api from '#api/people'
import type { Language } from '#core/text.ts'
import { queryClient } from '#web/app/query-client.ts'
import { answerIn, call } from '#web/http/call.ts'
import { sessionQuery } from '#web/modules/people/session.ts'
import { speak } from '#web/ui/language.ts'

/** Speaks a language from now on: the page, and the server's answers. */
export async function speakFromNow(language: Language): Promise<void> {
  answerIn(language)
  await speak(language)
}

/** The same, and kept with the person, so that mails and other browsers speak it too. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speakFromNow(language)
  const session = queryClient.getQueryData(sessionQuery().queryKey)
  if (!session?.signedIn || session.person?.language === language) return
  queryClient.setQueryData(sessionQuery().queryKey, await call(api.changeOwnPerson, { body: { language } }))
  // Sentences that the server wrote are in the language before.
  await queryClient.invalidateQueries()
}
