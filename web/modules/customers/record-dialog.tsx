import type { ReactNode } from 'react'
import type { Customer } from '#api/customers'
import { Dialog } from '#web/ui/dialog.tsx'
import { Form, type FormState } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import type { ConflictLine } from '#web/ui/theirs-and-mine.tsx'
import { MovedOn } from './moved-on.tsx'

interface RecordDialogProps<Values> {
  readonly customer: Customer
  readonly kind: 'site' | 'service'
  /** The one to change; null to add one. */
  readonly record: { readonly name: string } | null
  readonly form: FormState<Values>
  /** What somebody else wrote meanwhile, beside what is in the form; null while nobody did. */
  readonly moved: readonly ConflictLine[] | null
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Adds something to a customer, or changes it, over the page. */
export function RecordDialog<Values>({
  customer,
  kind,
  record,
  form,
  moved,
  onClose,
  children,
}: RecordDialogProps<Values>) {
  const t = useText()
  const [title, action, nothing] =
    record === null
      ? ([
          t(`customers.${kind}.add-to`, { name: customer.name }),
          `customers.${kind}.add`,
          'customers.nothing-typed',
        ] as const)
      : ([
          t('customers.change.title', { name: record.name }),
          moved === null ? 'customers.save' : 'customers.save-mine',
          'customers.nothing-changed',
        ] as const)
  return (
    <Dialog title={title} onClose={onClose} width={560}>
      <Form form={form} action={t(action)} barred={form.dirty ? null : t(nothing)} onCancel={onClose}>
        {children}
        {moved && <MovedOn lines={moved} />}
      </Form>
    </Dialog>
  )
}
