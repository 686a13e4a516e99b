import { dropWrite, retryWrite, sendKept } from '#web/app/outbox.ts'
import { useKeptWrites, writeWords } from '#web/app/use-outbox.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './said-notices.module.css'

/** What was written without a network and waits, and what the server did not take. */
export function WaitingWrites() {
  const t = useText()
  const format = useFormat()
  const writes = useKeptWrites()
  if (writes.length === 0) return null
  async function again(id: string) {
    await retryWrite(id)
    await sendKept(() => undefined)
  }
  return (
    <section className={classes.waiting}>
      <h3>{t('app.outbox.title')}</h3>
      <ul className={classes.said}>
        {writes.map((write) => (
          <li key={write.id}>
            <span className="pl-quiet pl-small pl-number">{format.time(write.at)}</span>
            <div>
              <p>{writeWords(t, write)}</p>
              {write.refusal === null ? (
                <State is="paused">{t('app.outbox.waits')}</State>
              ) : (
                <>
                  <State is="miss">{t('app.outbox.no', { why: write.refusal })}</State>
                  <Buttons>
                    <Button onClick={() => void again(write.id)}>{t('app.outbox.again')}</Button>
                    <Button onClick={() => void dropWrite(write.id)}>{t('app.outbox.drop')}</Button>
                  </Buttons>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
