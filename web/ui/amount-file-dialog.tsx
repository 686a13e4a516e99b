import { useState } from 'react'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

type Decimal = 'ask' | 'comma' | 'point'

/** CSV as text, or a workbook in Base64. */
interface TakenFile {
  readonly text: string
  readonly workbook?: string
  readonly decimal: 'comma' | 'point' | null
}

interface AmountFileProps {
  readonly title: string
  /** Which columns it has. */
  readonly hint: string
  /** Takes the file in; which sign parts decimals was said, or is null. */
  readonly onTake: (file: TakenFile) => Promise<void>
  /** Workbooks are taken as well. */
  readonly workbooks?: boolean
  readonly onClose: () => void
}

/** A file of amounts. Which sign parts the decimals is asked, never guessed. */
export function AmountFileDialog({ title, hint, onTake, workbooks = false, onClose }: AmountFileProps) {
  const t = useText()
  const [file, setFile] = useState<File | null>(null)
  const form = useForm<{ decimal: Decimal }>({
    initial: { decimal: 'ask' },
    check: ({ decimal }) => ({
      // Numbers of a workbook need no sign; the server asks where an amount is written in words.
      decimal: file !== null && !isWorkbook(file) && decimal === 'ask' ? t('ui.amount-file.decimal-ask') : undefined,
    }),
    async submit({ decimal }) {
      if (file === null) return
      const said = decimal === 'ask' ? null : decimal
      await onTake(
        isWorkbook(file)
          ? { text: '', workbook: base64Of(new Uint8Array(await file.arrayBuffer())), decimal: said }
          : { text: await file.text(), decimal: said },
      )
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <FileDrop
          label={file?.name ?? t('ui.amount-file.drop')}
          hint={hint}
          accept={workbooks ? '.csv,text/csv,.xlsx' : '.csv,text/csv'}
          onFiles={([first]) => setFile(first ?? null)}
        />
        <RadioField
          field={form.field('decimal')}
          label={t('ui.amount-file.decimal')}
          options={(['comma', 'point'] as const).map((value) => ({
            value,
            label: t(`ui.amount-file.decimal.${value}`),
          }))}
        />
      </Form>
    </Dialog>
  )
}

function isWorkbook({ name }: File): boolean {
  return name.toLowerCase().endsWith('.xlsx')
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCodePoint(byte)
  return btoa(text)
}
