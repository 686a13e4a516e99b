import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/imports'
import type { ImportView } from '#api/imports'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { undoQuery } from './queries.ts'

/** Takes a whole import back, after saying what goes with it. */
export function UndoDialog({ view, onClose }: { readonly view: ImportView; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { id, customer } = view
  const { data: foreseen, error, isError } = useQuery(undoQuery(id))
  const { workedOn = 0, laterFile = null, lockedMonth = null } = foreseen ?? {}
  const form = useForm({
    initial: { alsoWorkedOn: false },
    async submit(body) {
      const undone = await call(api.undoImport, { params: { id }, body })
      cache.setQueryData(['imports', id], undone)
      await cache.invalidateQueries({ queryKey: ['imports'] })
      onClose()
    },
  })
  const reason =
    foreseen === undefined && !isError
      ? t('imports.undo-counting')
      : lockedMonth !== null
        ? t('imports.undo-locked-stays')
        : laterFile !== null
          ? t('imports.undo-later-first')
          : workedOn > 0 && !form.values.alsoWorkedOn
            ? t('imports.undo-decide', { count: workedOn })
            : null
  return (
    <Dialog title={t('imports.undo-title', { name: view.fileName })} onClose={onClose} width={520}>
      <Form form={form} action={t('imports.undo-do')} barred={reason} onCancel={onClose}>
        {isError && <Problem failure={error} />}
        {foreseen && (
          <p>
            {t('imports.undo-what', {
              tickets: format.number(foreseen.tickets),
              updated: foreseen.restored,
              customer: customer?.name ?? '',
            })}
          </p>
        )}
        <p className="pl-quiet">{t('imports.undo-kept')}</p>
        {lockedMonth !== null && <Problem title={t('imports.undo-locked', { month: format.month(lockedMonth) })} />}
        {laterFile !== null && <Problem title={t('imports.undo-later', { file: laterFile })} />}
        {workedOn > 0 && (
          <CheckField
            field={form.field('alsoWorkedOn')}
            label={t('imports.undo-worked-on', { count: workedOn })}
            hint={t('imports.undo-worked-on-hint')}
          />
        )}
      </Form>
    </Dialog>
  )
}
