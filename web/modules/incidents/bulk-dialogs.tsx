import { type ReactNode, useState } from 'react'
import { type PauseReason, pauseReasons } from '#api/incidents'
import { type Level, levels } from '#api/service-levels'
import { lackingToResolve } from '#core/resolution.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, RadioField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useColleagues, useTeams } from './choices.ts'
import { CodeField } from './resolve-fields.tsx'
import { useResolving } from './resolving.ts'
import { type Step, stateAfter } from './steps.ts'
import { type Change, useBulkChange, type Versions, versionsOf } from './use-bulk.ts'
import { waitWords } from './words.ts'

interface BulkDialogProps {
  readonly incidents: readonly string[]
  /** As they were seen when this was opened. */
  readonly versions: Versions
  readonly onClose: () => void
  /** Told which of them were not changed. */
  readonly onDone: (left: readonly string[]) => void
}

type Refused = readonly {
  readonly incident: string
  readonly number: string | null
  readonly message: string | null
}[]

/** Sends the change; closes when all were changed, else says which were not, and why. */
function useBulk({ incidents, versions, onClose, onDone }: BulkDialogProps, done: (count: number) => string) {
  const change = useBulkChange()
  const [refused, setRefused] = useState<Refused>([])
  const [seen, setSeen] = useState(versions)
  return {
    refused,
    send: async (what: Change) => {
      const left = await change(incidents, seen, what, done)
      onDone(left.map(({ incident }) => incident))
      setRefused(left)
      // Whoever was told that something is another by now, and sends it again, means that.
      setSeen({ ...seen, ...versionsOf(left) })
      if (left.length === 0) onClose()
    },
  }
}

const NOBODY = 'nobody'

/** One team, and who of all, for all of them. */
export function BulkAssignDialog(props: BulkDialogProps) {
  const t = useText()
  const teams = useTeams()
  const colleagues = useColleagues()
  const { refused, send } = useBulk(props, (count) =>
    t('incidents.bulk.assigned', {
      count,
      to: teams.find(({ id }) => id === form.values.team)?.name ?? t('incidents.nobody'),
    }),
  )
  const form = useForm({
    initial: { team: '', assignee: '' },
    // Nobody is a choice of its own: an empty field must not take the work from those who have it.
    check: ({ team }) => ({ ...(team === '' && { team: t('incidents.bulk.team-needed') }) }),
    submit: ({ team, assignee }) =>
      send({ assign: { team: team === NOBODY ? null : team, assignee: assignee || null } }),
  })
  const members = teams.find(({ id }) => id === form.values.team)?.members ?? colleagues
  const team = form.field('team')
  return (
    <BulkDialog {...props} form={form} refused={refused} what="assign">
      <SearchField
        field={{ ...team, onChange: (id) => form.set({ team: id, assignee: '' }) }}
        label={t('incidents.team')}
        autoFocus
        options={[
          { value: NOBODY, label: t('incidents.nobody') },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SearchField
        field={form.field('assignee')}
        label={t('incidents.assignee')}
        placeholder={t('incidents.assign.anybody')}
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </BulkDialog>
  )
}

const whys = ['correction', 'worsened', 'eased'] as const

/** Impact and urgency for all of them; the priority of each follows from its agreement. */
export function BulkRateDialog(props: BulkDialogProps) {
  const t = useText()
  const { refused, send } = useBulk(props, (count) => t('incidents.bulk.rated', { count }))
  const initial: {
    readonly impact: Level
    readonly urgency: Level
    readonly why: (typeof whys)[number] | ''
  } = { impact: 'medium', urgency: 'medium', why: '' }
  const form = useForm({
    initial,
    check: ({ why }) => ({ ...(why === '' && { why: t('incidents.rate.why-needed') }) }),
    submit: ({ impact, urgency, why }) =>
      send({ rate: { impact, urgency, priorityChange: why === '' ? 'correction' : why } }),
  })
  const options = levels.map((level) => ({ value: level, label: t('incidents.level', { level }) }))
  return (
    <BulkDialog {...props} form={form} refused={refused} what="rate">
      <FieldRow>
        <SelectField field={form.field('impact')} label={t('incidents.impact')} options={options} />
        <SelectField field={form.field('urgency')} label={t('incidents.urgency')} options={options} />
      </FieldRow>
      <p className="pl-quiet pl-small">{t('incidents.bulk.rate-hint')}</p>
      <RadioField
        field={form.field('why')}
        label={t('incidents.bulk.why')}
        options={whys.map((value) => ({ value, label: t(`incidents.rate.${value}`) }))}
      />
    </BulkDialog>
  )
}

const steps: readonly Step[] = ['begin', 'hold', 'restore', 'resolve', 'close', 'cancel']

/** One step for all of them, with its reason and words. */
export function BulkStepDialog(props: BulkDialogProps) {
  const t = useText()
  const { refused, send } = useBulk(props, (count) => t('incidents.bulk.stepped', { count }))
  const { resolving } = useResolving()
  const initial: {
    readonly step: Step
    readonly reason: PauseReason | ''
    readonly note: string
    readonly evidence: string
    readonly resolutionCode: string
    readonly workaround: boolean
  } = { step: 'begin', reason: '', note: '', evidence: '', resolutionCode: '', workaround: false }
  const form = useForm({
    initial,
    check: ({ step, reason, note, resolutionCode }) => ({
      ...(step === 'resolve' &&
        lackingToResolve(resolving, { code: resolutionCode, category: 'any', service: 'any' }).length > 0 && {
          resolutionCode: t('incidents.resolve.needs.code'),
        }),
      ...(step === 'hold' && reason === '' && { reason: t('incidents.hold.reason-needed') }),
      ...(step === 'resolve' && note.trim() === '' && { note: t('incidents.resolve.note-needed') }),
    }),
    submit: ({ step, reason, note, evidence, resolutionCode, workaround }) =>
      send({
        transition: {
          to: stateAfter(step),
          ...(step === 'hold' && reason !== '' && { reason }),
          ...(step === 'resolve' && { workaround, ...(resolutionCode !== '' && { resolutionCode }) }),
          ...(note.trim() !== '' && { note: note.trim() }),
          ...(evidence.trim() !== '' && { evidence: evidence.trim() }),
        },
      }),
  })
  const { step } = form.values
  return (
    <BulkDialog {...props} form={form} refused={refused} what="step">
      <SelectField
        field={form.field('step')}
        label={t('incidents.bulk.which-step')}
        options={steps.map((value) => ({ value, label: t(`incidents.step.${value}`).replace('…', '') }))}
      />
      {step === 'hold' && (
        <SelectField
          field={form.field('reason')}
          label={t('incidents.hold.reason')}
          options={[
            { value: '', label: t('incidents.bulk.choose') },
            ...pauseReasons.map((value) => ({ value, label: waitWords(t, value) })),
          ]}
        />
      )}
      {step !== 'begin' && (
        <>
          {step === 'resolve' && (
            <>
              <CodeField field={form.field('resolutionCode')} />
              <CheckField field={form.field('workaround')} label={t('incidents.workaround')} />
            </>
          )}
          <TextAreaField
            field={form.field('note')}
            label={t(step === 'resolve' ? 'incidents.resolve.note' : 'incidents.hold.note')}
            hint={t('incidents.hold.note-hint')}
            optional={step !== 'resolve'}
            rows={3}
          />
          <TextField
            field={form.field('evidence')}
            label={t('incidents.evidence')}
            hint={t('incidents.evidence.hint')}
            maxLength={2000}
            optional
          />
        </>
      )}
    </BulkDialog>
  )
}

/** So many of those that were not changed are named for each reason. */
const NAMED = 12

interface BulkFormProps<Values> extends BulkDialogProps {
  readonly form: FormState<Values>
  readonly refused: Refused
  readonly what: 'assign' | 'rate' | 'step'
  readonly children: ReactNode
}

function BulkDialog<Values extends object>({
  incidents,
  onClose,
  form,
  refused,
  what,
  children,
}: BulkFormProps<Values>) {
  const t = useText()
  return (
    <Dialog title={t(`incidents.bulk.${what}-title`, { count: incidents.length })} onClose={onClose}>
      <Form
        form={form}
        action={t(`incidents.bulk.${what}-do`)}
        beside={<Button onClick={onClose}>{t('incidents.not-now')}</Button>}
      >
        {children}
        {refused.length > 0 && (
          <div role="alert">
            <p>
              <b>{t('incidents.bulk.refused', { count: refused.length })}</b>
            </p>
            <ul>
              {[...Map.groupBy(refused, ({ message }) => message ?? '')].map(([message, those]) => (
                <li key={message}>
                  {t('incidents.bulk.refused-why', {
                    message,
                    numbers: those
                      .slice(0, NAMED)
                      .map(({ number, incident }) => number ?? incident)
                      .join(', '),
                    more: Math.max(0, those.length - NAMED),
                  })}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Form>
    </Dialog>
  )
}
