import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/availability'
import type { MaintenanceWindow } from '#api/availability'
import { barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { noticeWords } from './notice.ts'
import { availabilityKey } from './queries.ts'
import type { Subject } from './subject.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'

/** Whether it was announced with the notice of the contract, so that it leaves the agreed time. */
export function isAnnouncedInTime(
  { announcedAt, startsAt }: Pick<MaintenanceWindow, 'announcedAt' | 'startsAt'>,
  noticeMinutes: number,
): boolean {
  return announcedAt.getTime() <= startsAt.getTime() - noticeMinutes * 60_000
}

interface MaintenanceTableProps {
  readonly windows: readonly MaintenanceWindow[]
  readonly zone: string
  readonly noticeMinutes: number
  readonly label: string
}

/** Announced maintenance, and whether it was announced in time. */
export function MaintenanceTable({ windows, zone, noticeMinutes, label }: MaintenanceTableProps) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const [cancelling, setCancelling] = useState<string | null>(null)
  const [now] = useState(() => new Date())
  const working = barredFromWorking(asker)
  const chosen = windows.find(({ id }) => id === cancelling)
  const columns: readonly Column<MaintenanceWindow>[] = [
    {
      key: 'when',
      head: t('availability.when'),
      narrow: 'lead',
      cell: ({ startsAt, endsAt }) => `${format.instant(startsAt, zone)} – ${format.timeNear(endsAt, startsAt, zone)}`,
    },
    { key: 'title', head: t('availability.maintenance.title'), narrow: 'under', cell: ({ title }) => title },
    {
      key: 'announced',
      head: t('availability.maintenance.announced'),
      narrow: 'under',
      cell: ({ announcedAt }) => format.instant(announcedAt, zone),
    },
    {
      key: 'state',
      head: t('availability.counts'),
      narrow: 'under',
      cell: (window) =>
        window.cancelledAt !== null ? (
          <State is="none">{t('availability.maintenance.cancelled')}</State>
        ) : isAnnouncedInTime(window, noticeMinutes) ? (
          <State is="paused">{t('availability.maintenance.in-time')}</State>
        ) : (
          <State is="soon">{t('availability.maintenance.late')}</State>
        ),
    },
    ...(asker.access === 'customer'
      ? []
      : [
          {
            key: 'do',
            head: <span className="pl-hidden">{t('availability.moves')}</span>,
            numeric: true,
            narrow: 'under' as const,
            cell: ({ id, cancelledAt, endsAt, title }: MaintenanceWindow) =>
              cancelledAt === null &&
              endsAt > now && (
                <Button
                  onClick={() => setCancelling(id)}
                  barred={working && t(working)}
                  aria-label={t('availability.maintenance.cancel-of', { title })}
                >
                  {t('availability.maintenance.cancel')}
                </Button>
              ),
          },
        ]),
  ]
  return (
    <>
      <Table
        label={label}
        columns={columns}
        rows={windows}
        rowKey={({ id }) => id}
        empty={<p className="pl-quiet">{t('availability.no-maintenance')}</p>}
      />
      {chosen && <CancelDialog window={chosen} zone={zone} onClose={() => setCancelling(null)} />}
    </>
  )
}

interface CancelDialogProps {
  readonly window: MaintenanceWindow
  readonly zone: string
  readonly onClose: () => void
}

/** It does not take place: there is no way back, so it is asked. */
function CancelDialog({ window: { id, version, title, startsAt }, zone, onClose }: CancelDialogProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const written = useWritten()
  const asking = useLate()
  const form = useForm({
    initial: {},
    async submit() {
      const cancel = () =>
        call(api.cancelMaintenance, { params: { id }, match: version }).catch(async (thrown: unknown) => {
          await client.invalidateQueries({ queryKey: availabilityKey })
          throw thrown
        })
      if (await asking.write(cancel, () => ({ of: 'maintenance-cancelled', maintenance: id }))) return
      await written(t('availability.maintenance.cancelled-said', { title }))
      onClose()
    },
  })
  return (
    <Dialog title={t('availability.maintenance.cancel-of', { title })} onClose={onClose}>
      <Form
        form={form}
        action={t(asking.asked ? 'availability.late.do' : 'availability.maintenance.cancel')}
        beside={<Button onClick={onClose}>{t('availability.maintenance.keep')}</Button>}
      >
        <p>{t('availability.maintenance.cancel-what', { at: format.instant(startsAt, zone) })}</p>
        <LateFields late={asking} />
      </Form>
    </Dialog>
  )
}

interface MaintenanceDialogProps {
  readonly subject: Subject
  readonly noticeMinutes: number
  readonly onClose: () => void
}

interface Values {
  readonly title: string
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly announcedAt: Date | null
}

/** Announces maintenance of a service, and says beforehand whether that is in time. */
export function MaintenanceDialog({ subject, noticeMinutes, onClose }: MaintenanceDialogProps) {
  const t = useText()
  const format = useFormat()
  const written = useWritten()
  const asking = useLate()
  const [now] = useState(() => new Date())
  const form = useForm<Values>({
    initial: { title: '', startsAt: null, endsAt: null, announcedAt: null },
    check: ({ title, startsAt, endsAt }) => ({
      ...(title.trim() === '' && { title: t('availability.maintenance.title-missing') }),
      ...(startsAt === null && { startsAt: t('availability.moment-missing') }),
      ...(endsAt === null && { endsAt: t('availability.moment-missing') }),
      ...(startsAt && endsAt && endsAt <= startsAt && { endsAt: t('availability.ends-before') }),
    }),
    async submit({ title, startsAt, endsAt, announcedAt }) {
      const { customer, service } = subject
      const body = {
        customer,
        service,
        title,
        startsAt: startsAt!,
        endsAt: endsAt!,
        ...(announcedAt && { announcedAt }),
      }
      if (
        await asking.write(
          () => call(api.addMaintenance, { body }),
          () => ({ of: 'maintenance', maintenance: body }),
        )
      )
        return
      await written(t('availability.maintenance.announced-said'))
      onClose()
    },
  })
  const { startsAt, announcedAt } = form.values
  const late = startsAt !== null && !isAnnouncedInTime({ startsAt, announcedAt: announcedAt ?? now }, noticeMinutes)
  return (
    <Dialog title={t('availability.announce-of', { service: subject.serviceName })} onClose={onClose} width={560}>
      <Form form={form} action={t(asking.asked ? 'availability.late.do' : 'availability.announce')} onCancel={onClose}>
        <TextField
          field={form.field('title')}
          label={t('availability.maintenance.title')}
          hint={t('availability.maintenance.title-hint')}
          maxLength={200}
          autoFocus
        />
        <MomentField field={form.field('startsAt')} label={t('availability.maintenance.starts')} zone={subject.zone} />
        <MomentField field={form.field('endsAt')} label={t('availability.maintenance.ends')} zone={subject.zone} />
        <MomentField
          field={form.field('announcedAt')}
          label={t('availability.maintenance.announced')}
          hint={t('availability.maintenance.announced-hint')}
          zone={subject.zone}
        />
        {late && (
          <p role="status">
            <State is="soon">
              {t('availability.maintenance.late-warning', { notice: noticeWords(t, format, noticeMinutes) })}
            </State>
          </p>
        )}
        <LateFields late={asking} />
      </Form>
    </Dialog>
  )
}
