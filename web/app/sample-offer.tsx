import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { sampleQuery, useSampleChange } from '#web/app/sample-query.ts'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

/** Puts a believable company into an empty installation, to look at before one's own tickets are there; or takes it out. */
export function SampleOffer() {
  const t = useText()
  const cache = useQueryClient()
  const { data: sample } = useQuery(sampleQuery())
  const change = useSampleChange()
  const state = sample?.state
  const before = useRef(state)
  useEffect(() => {
    const ended = before.current === 'running' && state !== 'running'
    before.current = state
    // What was counted before is another number now.
    if (ended) void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'sample' })
  }, [state, cache])
  if (sample === undefined) return null
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {change.isError && <Problem failure={change.error} />}
      {state === 'running' && (
        <Progress
          label={t(change.variables === 'remove' ? 'app.sample.removing' : 'app.sample.writing')}
          share={sample.progress / 100}
          mayLeave
        />
      )}
      {state === 'none' && (
        <div>
          <Button onClick={() => change.mutate('add')}>{t('app.sample.add')}</Button>
        </div>
      )}
      {state === 'done' && (
        <>
          <State is="met">{t('app.sample.there')}</State>
          <div>
            <Button onClick={() => change.mutate('remove')}>{t('app.sample.remove')}</Button>
          </div>
        </>
      )}
    </div>
  )
}
