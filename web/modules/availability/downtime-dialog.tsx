import { useQuery } from '@tanstack/react-query'
import * as api from '#api/availability'
import { type DowntimeView, severities, type Severity } from '#api/availability'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, RadioField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { TheirsAndMine } from '#web/ui/theirs-and-mine.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { edited, useSaving } from '#web/ui/use-saving.ts'
import { downtimeNow, incidentsQuery } from './queries.ts'
import type { Subject } from './subject.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'

interface Values {
  readonly beganAt: Date | null
  readonly lasts: boolean
  readonly endedAt: Date | null
  readonly severity: Severity
  readonly usersHit: number | null
  readonly usersAll: number | null
  readonly source: DowntimeView['source']
  readonly cause: string
  /** Id, or empty. */
  readonly incident: string
}

interface DowntimeDialogProps {
  readonly subject: Subject
  /** The one to change or to end; none to write one down. */
  readonly downtime: DowntimeView | null
  readonly onClose: () => void
}

/** When a service was down, how badly, and why. */
export function DowntimeDialog({ subject, downtime, onClose }: DowntimeDialogProps) {
  const t = useText()
  const format = useFormat()
  const written = useWritten()
  const late = useLate()
  const { data: incidents = [] } = useQuery(incidentsQuery(subject.customer, subject.service))
  const initial = valuesOf(downtime)
  const saving = useSaving<DowntimeView>(downtime ?? nothing, () => downtimeNow(downtime ?? nothing))
  const form = useForm<Values>({
    initial,
    check: (values) => wrong(values),
    async submit(values) {
      const { incident, lasts, beganAt, endedAt, cause, ...rest } = values
      if (downtime === null) {
        const body = {
          customer: subject.customer,
          service: subject.service,
          beganAt: beganAt!,
          endedAt: lasts ? null : endedAt,
          cause: cause.trim(),
          ...rest,
          ...(incident !== '' && { incident }),
        }
        if (
          await late.write(
            () => call(api.addDowntime, { body }),
            () => ({ of: 'downtime', downtime: body }),
          )
        )
          return
      } else {
        const {
          lasts: _,
          incident: __,
          beganAt: began,
          ...facts
        } = edited(initial, {
          ...values,
          endedAt: lasts ? null : endedAt,
        })
        const body = { ...facts, ...(began && { beganAt: began }) }
        const { id } = downtime
        const sent = await late.write(
          () => saving.save((match) => call(api.changeDowntime, { params: { id }, body, match })),
          () => ({ of: 'downtime-changed', downtime: id, facts: body }),
        )
        if (sent) return
      }
      await written(t(downtime === null ? 'availability.recorded' : 'availability.changed'))
      onClose()
    },
  })
  const { values } = form
  const moment = (at: Date | null) => (at === null ? t('availability.still-down') : format.instant(at, subject.zone))
  const theirs = saving.moved && valuesOf(saving.moved)
  const lines = theirs
    ? [
        { name: t('availability.began'), theirs: moment(theirs.beganAt), mine: moment(values.beganAt) },
        {
          name: t('availability.ended'),
          theirs: moment(theirs.endedAt),
          mine: moment(values.lasts ? null : values.endedAt),
        },
        {
          name: t('availability.severity'),
          theirs: t(`availability.severity.${theirs.severity}`),
          mine: t(`availability.severity.${values.severity}`),
        },
        { name: t('availability.cause'), theirs: theirs.cause, mine: values.cause },
      ].filter((line) => line.theirs !== line.mine)
    : []
  const action = () => {
    if (late.asked) return 'availability.late.do'
    if (downtime === null) return 'availability.record'
    return theirs ? 'availability.save-mine' : 'availability.save'
  }
  return (
    <Dialog
      title={t(downtime === null ? 'availability.record-of' : 'availability.change-of', {
        service: subject.serviceName,
      })}
      onClose={onClose}
      width={620}
    >
      <Form
        form={form}
        action={t(action())}
        barred={form.dirty ? null : t('availability.nothing-typed')}
        onCancel={onClose}
      >
        <MomentField
          field={form.field('beganAt')}
          label={t('availability.began')}
          hint={t('availability.began-hint')}
          zone={subject.zone}
        />
        <CheckField field={form.field('lasts')} label={t('availability.lasts')} />
        {!values.lasts && (
          <MomentField
            field={form.field('endedAt')}
            label={t('availability.ended')}
            hint={t('availability.ended-hint')}
            zone={subject.zone}
          />
        )}
        <RadioField
          field={form.field('severity')}
          label={t('availability.severity')}
          options={severities.map((value) => ({
            value,
            label: t(`availability.severity.${value}`),
            hint: t(`availability.severity.${value}-hint`),
          }))}
        />
        <FieldRow>
          <NumberField field={form.field('usersHit')} label={t('availability.users-hit')} min={0} optional />
          <NumberField field={form.field('usersAll')} label={t('availability.users-all')} min={1} optional />
        </FieldRow>
        <RadioField
          field={form.field('source')}
          label={t('availability.source')}
          options={(['report', 'monitoring'] as const).map((value) => ({
            value,
            label: t(`availability.source.${value}`),
          }))}
        />
        <TextAreaField field={form.field('cause')} label={t('availability.cause')} rows={2} maxLength={2000} optional />
        {downtime === null && (
          <SearchField
            field={form.field('incident')}
            label={t('availability.incident')}
            hint={t('availability.incident-hint')}
            options={incidents.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
          />
        )}
        <LateFields late={late} />
        {theirs && (
          <TheirsAndMine title={t('availability.conflict')} lines={lines} none={t('availability.conflict-none')}>
            {t('availability.conflict-what')}
          </TheirsAndMine>
        )}
      </Form>
    </Dialog>
  )

  function wrong({ beganAt, lasts, endedAt, usersHit, usersAll }: Values) {
    return {
      ...(beganAt === null && { beganAt: t('availability.moment-missing') }),
      ...(!lasts && endedAt === null && { endedAt: t('availability.moment-missing') }),
      ...(!lasts && beganAt && endedAt && endedAt <= beganAt && { endedAt: t('availability.ends-before') }),
      ...(usersHit !== null &&
        (usersAll === null || usersHit > usersAll) && { usersAll: t('availability.users-more') }),
    }
  }
}

/** Stands for the one that is not written yet. */
const nothing: DowntimeView = {
  id: '',
  customerId: '',
  serviceId: '',
  serviceName: '',
  beganAt: new Date(0),
  endedAt: null,
  severity: 'down',
  usersHit: null,
  usersAll: null,
  source: 'report',
  cause: '',
  incident: null,
  exclusion: null,
  version: 0,
}

function valuesOf(downtime: DowntimeView | null): Values {
  if (downtime === null) {
    return { ...pick(nothing), beganAt: null, lasts: false, incident: '' }
  }
  return { ...pick(downtime), lasts: downtime.endedAt === null, incident: downtime.incident?.id ?? '' }
}

function pick({ beganAt, endedAt, severity, usersHit, usersAll, source, cause }: DowntimeView) {
  return { beganAt, endedAt, severity, usersHit, usersAll, source, cause }
}
