import { type ReactNode, useState } from 'react'
import { Button } from '#web/ui/button.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { useSentence } from '#web/ui/problem.tsx'
import classes from './kept-file.module.css'

interface KeptFileProps {
  /** What there is now, a picture or words; nothing where there is none. */
  readonly kept: ReactNode
  readonly remove: string
  readonly onRemove: () => Promise<unknown>
  readonly drop: string
  /** Kinds and sizes that are taken. */
  readonly hint: string
  readonly accept: string
  readonly onFile: (file: File) => Promise<unknown>
}

/** One file that is kept: what it is now, a way to take it away, and a place to drop another. Why one is refused is said there. */
export function KeptFile({ kept, remove, onRemove, drop, hint, accept, onFile }: KeptFileProps) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const sentence = useSentence(failure)
  async function run(work: () => Promise<unknown>) {
    setFailure(null)
    setBusy(true)
    await work().catch(setFailure)
    setBusy(false)
  }
  return (
    <>
      {kept && (
        <div className={classes.kept}>
          {kept}
          <Button busy={busy} onClick={() => void run(onRemove)}>
            {remove}
          </Button>
        </div>
      )}
      <div className={classes.drop}>
        <FileDrop
          label={drop}
          hint={hint}
          accept={accept}
          onFiles={([file]) => file && void run(() => onFile(file))}
          error={failure === null ? null : sentence}
        />
      </div>
    </>
  )
}
