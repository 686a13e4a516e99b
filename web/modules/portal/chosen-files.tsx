import { TextButton } from '#web/ui/button.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { Sending } from './send-files.ts'
import { usePasted } from './use-pasted.ts'
import classes from './chosen-files.module.css'

interface ChosenFilesProps {
  readonly files: readonly File[]
  readonly onChange: (files: readonly File[]) => void
  /** Which one is on its way. */
  readonly sending: Sending | null
}

/** Files that go along: dropped, chosen, photographed, or pasted as a screenshot. */
export function ChosenFiles({ files, onChange, sending }: ChosenFilesProps) {
  const t = useText()
  const format = useFormat()
  const add = (more: readonly File[]) => onChange([...files, ...more])
  usePasted(add)
  return (
    <div>
      <FileDrop label={t('portal.files.drop')} hint={t('portal.files.hint')} multiple onFiles={add} />
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((file, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two may be called the same
            <li key={`${index} ${file.name}`}>
              <span className={classes.name}>{file.name}</span>
              <span className="pl-quiet pl-small">{format.bytes(file.size)}</span>
              <TextButton
                aria-label={t('portal.files.without', { name: file.name })}
                onClick={() => onChange(files.filter((each) => each !== file))}
              >
                {t('portal.files.remove')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
      {sending && <Progress label={t('portal.files.sending', { name: sending.name })} share={sending.share} />}
    </div>
  )
}
