import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/major-incidents'
import { barredFromLeading, type FollowUp, type FollowUps as Known, type MajorIncidentPage } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, RadioField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { useChanged } from './queries.ts'
import { zoneOf } from './words.ts'
import classes from './room.module.css'

function followUpsQuery(id: string) {
  return queryOptions({
    queryKey: ['major-incidents', 'one', id, 'follow-ups'],
    queryFn: ({ signal }) => call(api.readFollowUps, { params: { id } }, signal),
  })
}

/** What is looked at 30, 60 and 90 days after the report: what became of its actions, and whether it came back. */
export function FollowUps({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const { data } = useQuery(followUpsQuery(major.id))
  const [asked, setAsked] = useState(false)
  const barred = barredFromLeading(useAsker(), major)
  if (data === undefined) return null
  const { items, next } = data
  return (
    <Section title={t('major-incidents.follow-ups')} hint={t('major-incidents.follow-ups-hint')}>
      {items.length === 0 && <p className="pl-quiet">{t('major-incidents.follow-ups-none')}</p>}
      <ul className={classes.log}>
        {items.map((item) => (
          <Line key={item.day} item={item} major={major} />
        ))}
      </ul>
      {items.length > 0 && <Now known={data} major={major} />}
      {next !== null && (
        <p className={classes.add}>
          <Button barred={barred && t(barred)} onClick={() => setAsked(true)}>
            {t('major-incidents.follow-up.make', { day: next })}
          </Button>
        </p>
      )}
      {asked && next !== null && <FollowUpDialog major={major} known={data} onClose={() => setAsked(false)} />}
    </Section>
  )
}

function Line({ item, major }: { readonly item: FollowUp; readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const now = useNow(60_000)
  const { day, dueAt, madeAt, madeBy, text, recurred, verified, actions } = item
  const zone = zoneOf(major)
  const stands = madeAt === null ? (dueAt < now ? 'miss' : 'none') : recurred ? 'soon' : 'met'
  return (
    <li>
      <State is={stands}>{t('major-incidents.follow-up.day', { day })}</State>
      <span>
        {madeAt === null ? (
          t('major-incidents.follow-up.due', { late: dueAt < now ? 'yes' : 'no', when: format.date(dueAt, zone) })
        ) : (
          <>
            {text}{' '}
            <span className="pl-quiet pl-small">
              {t('major-incidents.follow-up.made', {
                by: madeBy ?? t('major-incidents.nobody'),
                when: format.date(madeAt, zone),
                recurred: recurred ? 'yes' : 'no',
                verified: verified ? 'yes' : 'no',
                done: actions?.done ?? 0,
                all: actions?.all ?? 0,
              })}
            </span>
          </>
        )}
      </span>
    </li>
  )
}

/** How it stands now: the actions, and a door to what is like it and came since. */
function Now({ known: { actions, again }, major }: { readonly known: Known; readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  return (
    <p className="pl-small">
      {t('major-incidents.follow-up.actions', { ...actions })}{' '}
      {again === null ? (
        t('major-incidents.follow-up.again-unknown')
      ) : (
        <Link
          to="/incidents"
          search={{
            customer: major.customer.id,
            state: 'all',
            openedFrom: again.from,
            zone: 'UTC',
            ...(again.service && { service: again.service.id }),
            ...(again.category !== null && { category: again.category }),
          }}
        >
          {t('major-incidents.follow-up.again', {
            count: again.incidents,
            more: again.more ? 'yes' : 'no',
            written: format.number(again.incidents),
            hasService: again.service === null ? 'no' : 'yes',
            service: again.service?.name ?? '',
            hasCategory: again.category === null ? 'no' : 'yes',
            category: again.category ?? '',
            from: format.date(new Date(`${again.from}T12:00Z`), 'UTC'),
          })}
        </Link>
      )}
    </p>
  )
}

interface FollowUpDialogProps {
  readonly major: MajorIncidentPage
  readonly known: Known
  readonly onClose: () => void
}

function FollowUpDialog({ major, known, onClose }: FollowUpDialogProps) {
  const t = useText()
  const changed = useChanged()
  const { actions, next } = known
  const initial: { readonly text: string; readonly recurred: 'yes' | 'no' | ''; readonly verified: boolean } = {
    text: '',
    recurred: '',
    verified: false,
  }
  const form = useForm({
    initial,
    check: ({ text, recurred, verified }) => ({
      ...(text.trim() === '' && { text: t('major-incidents.words-needed') }),
      ...(recurred === '' && { recurred: t('major-incidents.follow-up.recurred-needed') }),
      ...(verified &&
        (recurred === 'yes' || actions.done < actions.all) && {
          verified: t('major-incidents.follow-up.not-verified', {
            recurred: recurred === 'yes' ? 'yes' : 'no',
            open: actions.all - actions.done,
          }),
        }),
    }),
    submit: async ({ text, recurred, verified }) => {
      const body = { text: text.trim(), recurred: recurred === 'yes', verified }
      await call(api.followUpMajorIncident, { params: { id: major.id }, body })
      await changed()
      notify(t('major-incidents.follow-up.saved'))
      onClose()
    },
  })
  return (
    <Dialog title={t('major-incidents.follow-up.title', { day: next ?? 0 })} onClose={onClose} width={560}>
      <Form form={form} action={t('major-incidents.save')} onCancel={onClose}>
        <Now known={known} major={major} />
        <RadioField
          field={form.field('recurred')}
          label={t('major-incidents.follow-up.recurred')}
          options={(['no', 'yes'] as const).map((value) => ({
            value,
            label: t(`major-incidents.follow-up.recurred.${value}`),
          }))}
        />
        <TextAreaField
          field={form.field('text')}
          label={t('major-incidents.follow-up.text')}
          rows={4}
          maxLength={4000}
        />
        <CheckField
          field={form.field('verified')}
          label={t('major-incidents.follow-up.verified')}
          hint={t('major-incidents.follow-up.verified-hint')}
        />
      </Form>
    </Dialog>
  )
}
