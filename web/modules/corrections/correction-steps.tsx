import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/corrections'
import { barredFromDeciding, barredFromRequesting, type Correction } from '#api/corrections'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

type Decision = 'approve' | 'reject'

/** Approving and refusing, with the reason where somebody may not; counting anew. */
export function CorrectionSteps({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const asker = useAsker()
  const client = useQueryClient()
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const [busy, setBusy] = useState(false)
  const { id, state, requestedBy } = correction
  const own = requestedBy !== null && requestedBy.id === asker.personId
  const barred = barredFromDeciding(asker)
  const decided = state === 'applied' || state === 'approved' || state === 'rejected'
  const mayCompute = barredFromRequesting(asker) === null && !decided && state !== 'computing'
  if (decided) return null
  const mayNot = barred === null ? null : t(barred)
  const noneYet =
    state === 'computed' ? null : t(state === 'failed' ? 'corrections.not-failed' : 'corrections.not-computed')
  async function compute() {
    setBusy(true)
    try {
      client.setQueryData(['corrections', id], await call(api.computeCorrection, { params: { id } }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button main barred={own ? t('corrections.own') : (mayNot ?? noneYet)} onClick={() => setDeciding('approve')}>
        {t('corrections.approve')}
      </Button>
      {state !== 'computing' && (
        <Button barred={own ? null : mayNot} onClick={() => setDeciding('reject')}>
          {t(own ? 'corrections.withdraw' : 'corrections.reject')}
        </Button>
      )}
      {mayCompute && (
        <Button busy={busy} onClick={() => void compute()}>
          {t(state === 'draft' ? 'corrections.compute' : 'corrections.compute-again')}
        </Button>
      )}
      {deciding !== null && (
        <DecideDialog correction={correction} decision={deciding} own={own} onClose={() => setDeciding(null)} />
      )}
    </>
  )
}

interface DecideProps {
  readonly correction: Correction
  readonly decision: Decision
  readonly own: boolean
  readonly onClose: () => void
}

/** Says once more what happens, takes a word about it, and decides on what was looked at. */
function DecideDialog({ correction, decision, own, onClose }: DecideProps) {
  const t = useText()
  const client = useQueryClient()
  const [looked] = useState(correction)
  const { id, version, counts, kind } = looked
  const ofServices = kind === 'availability'
  const form = useForm({
    initial: { note: '' },
    async submit({ note }) {
      const endpoint = decision === 'approve' ? api.approveCorrection : api.rejectCorrection
      const decided = await call(endpoint, {
        params: { id },
        match: version,
        body: note.trim() === '' ? {} : { note: note.trim() },
      })
      client.setQueryData(['corrections', id], decided)
      void client.invalidateQueries({ queryKey: ['corrections', 'list'] })
      const approved = ofServices ? 'corrections.done.figures' : 'corrections.done.approve'
      notify(t(decision === 'approve' ? approved : 'corrections.done.reject'))
      onClose()
    },
  })
  const words = decision === 'approve' ? 'approve' : own ? 'withdraw' : 'reject'
  return (
    <Dialog title={t(`corrections.${words}.title`)} onClose={onClose}>
      <Form form={form} action={t(`corrections.${words}`)} onCancel={onClose}>
        <p>
          {decision === 'approve' && counts !== null
            ? ofServices
              ? t('corrections.approve.figures', { count: counts.figures, locked: counts.lockedFigures })
              : t('corrections.approve.what', { ...counts })
            : t('corrections.reject.what')}
        </p>
        <TextAreaField field={form.field('note')} label={t('corrections.note')} rows={3} maxLength={2000} optional />
      </Form>
    </Dialog>
  )
}
