import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/imports'
import type { ImportView } from '#api/imports'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** Before so much of it is done nobody can say how long the rest takes. */
const ESTIMATE_FROM = 0.08

/** How far an import is, and how to stop it. */
export function ImportProgress({ view }: { readonly view: ImportView }) {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { id, phase, progress, counts, cancelAsked, dryRun, startedAt } = view
  const barred = api.barredFromImporting(useAsker())
  const stop = useMutation({
    mutationFn: () => call(api.cancelImport, { params: { id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports', id] }),
  })
  const running = phase === 'reading' || phase === 'writing'
  const left = running && startedAt !== null ? secondsLeft(startedAt, progress) : null
  const stoppable = barred === null && !cancelAsked && phase !== 'undoing'
  return (
    <Section
      title={t(dryRun ? 'imports.running-try' : phase === 'undoing' ? 'imports.running-undo' : 'imports.running')}
    >
      {stop.isError && <Problem failure={stop.error} />}
      <Progress
        label={t(cancelAsked ? 'imports.phase.stopping' : `imports.phase.${phase ?? 'queued'}`)}
        share={running ? progress : null}
        remainingSeconds={left}
        mayLeave
        {...(stoppable && {
          onStop: () => stop.mutate(),
          stopHint: t(dryRun ? 'imports.stop-try' : 'imports.stop-hint'),
        })}
      />
      {counts && (
        <p className="pl-quiet" aria-live="polite" style={{ marginTop: 8 }}>
          {t('imports.so-far', {
            rows: format.number(counts.rows),
            tickets: format.number(counts.tickets + counts.updated),
            rejected: format.number(counts.rejected),
          })}
        </p>
      )}
    </Section>
  )
}

/** As long as it took so far for what is done, so long for the rest; null while that would be a guess. */
function secondsLeft(startedAt: Date, progress: number): number | null {
  if (progress <= ESTIMATE_FROM) return null
  const ran = Date.now() - startedAt.getTime()
  return Math.max(0, ((ran / progress) * (1 - progress)) / 1000)
}
