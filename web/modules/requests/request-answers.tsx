import { useState } from 'react'
import * as api from '#api/requests'
import type { RequestPage, Task } from '#api/requests'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useAnswerWords, useSaid } from './answers.tsx'

interface RequestAnswersProps {
  readonly request: RequestPage
  readonly tasks: readonly Task[]
  /** Of ours: what no task needs stays closed until somebody needs it, which is counted. */
  readonly inside: boolean
}

/** What was answered. An answer that no task needs is opened by whoever needs it: so it is known which fields nobody reads. */
export function RequestAnswers({ request, tasks, inside }: RequestAnswersProps) {
  const t = useText()
  const saying = useSaid()
  const answerWords = useAnswerWords()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const { answers, id } = request
  if (answers.length === 0) return <p className="pl-quiet">{t('requests.answers-none')}</p>
  const used = new Set(tasks.flatMap(({ uses }) => uses))
  function show(key: string) {
    setOpened(new Set([...opened, key]))
    // Counting it is for others; whoever reads it waits for nothing.
    void call(api.useAnswers, { params: { id }, body: { fields: [key] } }).catch(() => undefined)
  }
  return (
    <Facts
      facts={answers.map((answer) => {
        const { key, label } = answer
        const shown = !inside || used.has(key) || opened.has(key)
        return {
          name: saying(label),
          value: shown ? (
            answerWords(answer)
          ) : (
            <TextButton aria-label={t('requests.show-answer-of', { field: saying(label) })} onClick={() => show(key)}>
              {t('requests.show-answer')}
            </TextButton>
          ),
        }
      })}
    />
  )
}
