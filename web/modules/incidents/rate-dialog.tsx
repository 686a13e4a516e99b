import type { IncidentPage } from '#api/incidents'
import { type Level, levels } from '#api/service-levels'
import { useAppearance } from '#web/app/appearance.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useAgreements } from './choices.ts'
import { Conflict } from './conflict.tsx'
import { priorityOf, promisedFor } from './promise.ts'
import { RatingGrid } from './rating-grid.tsx'
import { useChange } from './use-change.ts'

type Why = 'correction' | 'worsened' | 'eased'
const whys: readonly Why[] = ['correction', 'worsened', 'eased']

interface RateDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** Another impact or urgency, and why: the agreement decides what that does to the clocks. */
export function RateDialog({ incident, onClose }: RateDialogProps) {
  const t = useText()
  const agreements = useAgreements(incident.customer.id)
  const promised = promisedFor(agreements, incident.service?.id ?? null, incident.openedAt)
  const change = useChange({
    incident,
    read: ({ impact, urgency }) => ({ impact, urgency, why: '' }),
    write: ({ impact, urgency }, { why }) => ({
      ...(impact !== undefined && { impact }),
      ...(urgency !== undefined && { urgency }),
      ...(why !== '' && { priorityChange: why as Why }),
    }),
  })
  const initial: { readonly impact: Level; readonly urgency: Level; readonly why: Why | '' } = {
    impact: levelOf(change.initial.impact),
    urgency: levelOf(change.initial.urgency),
    why: '',
  }
  const form = useForm({
    initial,
    check: (values) => ({ ...(isOther(values) && values.why === '' && { why: t('incidents.rate.why-needed') }) }),
    submit: async (values) => {
      if (!(await change.save(values))) return
      notify(t('incidents.done.rate', { number: incident.number }))
      onClose()
    },
  })
  const { impact, urgency } = form.values
  const usual = useAppearance()?.matrix
  const after = priorityOf(promised, impact, urgency, usual)

  function isOther(rating: { readonly impact: Level; readonly urgency: Level }): boolean {
    return priorityOf(promised, rating.impact, rating.urgency, usual) !== incident.priority
  }
  const written = (rating: { readonly impact: Level; readonly urgency: Level }) =>
    t('incidents.rated', {
      priority: priorityOf(promised, rating.impact, rating.urgency, usual).toUpperCase(),
      ...rating,
    })
  return (
    <Dialog title={t('incidents.rate.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={change.moved ? t('incidents.conflict.keep') : t('incidents.rate.do', { priority: after.toUpperCase() })}
        barred={form.dirty || change.moved ? null : t('incidents.rate.same')}
        beside={<Button onClick={onClose}>{t(change.moved ? 'incidents.conflict.take' : 'incidents.not-now')}</Button>}
      >
        <RatingGrid value={{ impact, urgency }} onChange={(rating) => form.set(rating)} promised={promised} />
        {isOther(form.values) && (
          <RadioField
            field={form.field('why')}
            label={t('incidents.rate.why', { from: incident.priority.toUpperCase(), to: after.toUpperCase() })}
            options={whys.map((value) => {
              const mode = promised?.version.terms.onPriorityChange[value]
              return {
                value,
                label: t(`incidents.rate.${value}`),
                ...(mode && { hint: t('incidents.rate.mode', { mode }) }),
              }
            })}
          />
        )}
        {change.moved && (
          <Conflict
            moved={change.moved}
            lines={[{ name: t('incidents.priority'), theirs: written(change.moved), mine: written(form.values) }]}
          />
        )}
      </Form>
    </Dialog>
  )
}

function levelOf(text: string): Level {
  return levels.find((level) => level === text) ?? 'medium'
}
