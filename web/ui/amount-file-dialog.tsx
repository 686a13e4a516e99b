import { useState } from 'react'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

type Decimal = 'ask' | 'comma' | 'point'

interface AmountFileProps {
  readonly title: string
  /** Which columns it has. */
  readonly hint: string
  /** Takes the file in; which sign parts decimals was said, or is null. */
  readonly onTake: (file: { readonly text: string; readonly decimal: 'comma' | 'point' | null }) => Promise<void>
  readonly onClose: () => void
}

/** A file of amounts. Which sign parts the decimals is asked, never guessed. */
export function AmountFileDialog({ title, hint, onTake, onClose }: AmountFileProps) {
  const t = useText()
  const [file, setFile] = useState<File | null>(null)
  const form = useForm<{ decimal: Decimal }>({
    initial: { decimal: 'ask' },
    check: ({ decimal }) => ({
      decimal: file !== null && decimal === 'ask' ? t('ui.amount-file.decimal-ask') : undefined,
    }),
    async submit({ decimal }) {
      if (file === null) return
      await onTake({ text: await file.text(), decimal: decimal === 'ask' ? null : decimal })
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <FileDrop
          label={file?.name ?? t('ui.amount-file.drop')}
          hint={hint}
          accept=".csv,text/csv"
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
