import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useText } from '#web/ui/text.tsx'
import classes from './file-drop.module.css'

interface FileDropProps {
  /** What is expected: `Drop the export of ServiceNow here`. */
  readonly label: string
  /** Where there is nothing to drag with: `Take or choose a photo`. */
  readonly touchLabel?: string
  /** Kinds and sizes that are read. */
  readonly hint?: ReactNode
  /** As of `<input type="file" accept>`: a help in choosing, not a check. */
  readonly accept?: string
  readonly multiple?: boolean
  readonly onFiles: (files: readonly File[]) => void
  /** What is wrong with what was dropped. */
  readonly error?: string | null
}

/** Takes files that are dropped on it or chosen: by mouse, keyboard or thumb. */
export function FileDrop({ label, touchLabel, hint, accept, multiple = false, onFiles, error = null }: FileDropProps) {
  const t = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  function take(files: FileList | null) {
    if (files === null || files.length === 0) return
    onFiles(multiple ? [...files] : [files[0]!])
    // So that the same file may be chosen again.
    if (input.current) input.current.value = ''
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div>
      <label
        className={classes.drop}
        htmlFor={id}
        data-over={over || undefined}
        data-error={error !== null || undefined}
        data-touch={touchLabel !== undefined || undefined}
      >
        <span className={classes.label}>{over ? t('ui.file.let-go') : label}</span>
        <span className={classes.choose}>{t('ui.file.choose', { count: multiple ? 2 : 1 })}</span>
        {touchLabel !== undefined && <span className={`${classes.label} ${classes.touch}`}>{touchLabel}</span>}
        {hint && (
          <span className={classes.hint} id={`${id}-hint`}>
            {hint}
          </span>
        )}
        <input
          ref={input}
          id={id}
          type="file"
          className={classes.input}
          accept={accept}
          multiple={multiple}
          aria-invalid={error !== null || undefined}
          aria-describedby={
            [hint && `${id}-hint`, error !== null && `${id}-error`].filter(Boolean).join(' ') || undefined
          }
          onChange={({ currentTarget }) => take(currentTarget.files)}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        />
      </label>
      {error !== null && (
        <p className={classes.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
