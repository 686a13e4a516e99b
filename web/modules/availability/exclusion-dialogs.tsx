import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/availability'
import { type DowntimeView, type Exclusion, exclusions } from '#api/availability'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { RadioField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { availabilityKey } from './queries.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'
import classes from './service-page.module.css'

interface ExclusionDialogProps {
  /** As it is now: what somebody else writes meanwhile is shown, and goes before. */
  readonly downtime: DowntimeView
  readonly onClose: () => void
}

/** Asks that a downtime does not count, with the reason and what shows it. */
export function ProposeDialog({ downtime, onClose }: ExclusionDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const written = useWritten()
  const late = useLate()
  const form = useForm<{ readonly reason: Exclusion; readonly evidence: string }>({
    initial: { reason: downtime.exclusion?.reason ?? 'customer', evidence: downtime.exclusion?.evidence ?? '' },
    check: ({ evidence }) => ({ ...(evidence.trim() === '' && { evidence: t('availability.evidence-missing') }) }),
    async submit(body) {
      late.set({ evidence: body.evidence })
      const { id, version } = downtime
      // Whoever was quicker is shown above the buttons; the downtime behind this is the newest then.
      const propose = () =>
        call(api.proposeExclusion, { params: { id }, body, match: version }).catch(async (thrown: unknown) => {
          await client.invalidateQueries({ queryKey: availabilityKey })
          throw thrown
        })
      if (await late.write(propose, () => ({ of: 'downtime-excluded', downtime: id, reason: body.reason }))) return
      await written(t('availability.proposed-said'))
      onClose()
    },
  })
  return (
    <Dialog title={t('availability.propose-of', { service: downtime.serviceName })} onClose={onClose} width={560}>
      <Form form={form} action={t(late.asked ? 'availability.late.do' : 'availability.propose')} onCancel={onClose}>
        <p>{t('availability.propose-what')}</p>
        <RadioField
          field={form.field('reason')}
          label={t('availability.reason')}
          options={exclusions.map((value) => ({ value, label: t(`availability.reason.${value}`) }))}
        />
        {!late.asked && (
          <TextAreaField
            field={form.field('evidence')}
            label={t('availability.evidence')}
            hint={t('availability.evidence-hint')}
            rows={3}
            maxLength={2000}
          />
        )}
        <LateFields late={late} />
      </Form>
    </Dialog>
  )
}

interface DecisionDialogProps extends ExclusionDialogProps {
  /** Why the reader may not decide on it. */
  readonly barred: string | null
}

/** Decides whether a downtime counts: who asked that it does not may take it back and not approve it. */
export function DecisionDialog({
  downtime: { id, version, exclusion, serviceName },
  barred,
  onClose,
}: DecisionDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const written = useWritten()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function decide(approve: boolean) {
    setBusy(true)
    setFailure(null)
    try {
      await call(api.decideExclusion, { params: { id }, body: { approve }, match: version })
      await written(t(approve ? 'availability.approved-said' : 'availability.refused-said'))
      onClose()
    } catch (thrown) {
      setFailure(thrown)
      await client.invalidateQueries({ queryKey: availabilityKey })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('availability.decide-of', { service: serviceName })} onClose={onClose} width={560}>
      <div className={classes.asked}>
        {exclusion && (
          <Facts
            facts={[
              { name: t('availability.reason'), value: t(`availability.reason.${exclusion.reason}`) },
              { name: t('availability.evidence'), value: exclusion.evidence },
              { name: t('availability.asked-by'), value: exclusion.requestedBy ?? '–' },
            ]}
          />
        )}
        {failure !== null && <Problem failure={failure} />}
      </div>
      <Buttons>
        <Button
          main
          busy={busy}
          barred={barred ?? (exclusion?.mine ? t('availability.approve-own') : null)}
          onClick={() => void decide(true)}
        >
          {t('availability.approve')}
        </Button>
        <Button busy={busy} barred={barred} onClick={() => void decide(false)}>
          {t(exclusion?.mine ? 'availability.take-back' : 'availability.refuse')}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </Buttons>
    </Dialog>
  )
}
