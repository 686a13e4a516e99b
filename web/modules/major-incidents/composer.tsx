import * as api from '#api/major-incidents'
import { audiences, type MajorIncidentPage, publicAudiences, type UpdateAudience } from '#api/major-incidents'
import type { Language } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { Addressed } from '#web/ui/addressed.tsx'
import { Button, TextButton } from '#web/ui/button.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { draftOf } from '#web/ui/drafts.ts'
import { useChanged } from './queries.ts'
import { zoneOf } from './words.ts'
import classes from './room.module.css'

/** Minutes until the next update; the last: none is promised. */
const rhythms = ['15', '30', '60', '120', '240', 'last'] as const

type Values = Readonly<Record<UpdateAudience, boolean>> & {
  readonly language: Language
  readonly text: string
  readonly both: boolean
  /** The same in the other language. */
  readonly translation: string
  readonly next: string
}

interface ComposerProps {
  readonly major: MajorIncidentPage
  readonly onClose: () => void
}

/** The next word: to whom, what, and when they hear again; as they will read it beside. Whether the customer reads it is seen before a word is. */
export function Composer({ major, onClose }: ComposerProps) {
  const t = useText()
  const changed = useChanged()
  const draft = draftOf(major.id, 'update')
  const usual = String(major.updateMinutes ?? 60)
  const initial: Values = {
    leaders: false,
    customer: false,
    users: false,
    technicians: false,
    language: major.customer.language,
    text: draft.words,
    both: false,
    translation: '',
    next: usual,
  }
  const form = useForm<Values>({
    initial,
    check: (values) => ({
      ...(!audiences.some((each) => values[each]) && { technicians: t('major-incidents.update.whom-needed') }),
      ...(values.text.trim() === '' && { text: t('major-incidents.update.text-needed') }),
      ...(values.both && values.translation.trim() === '' && { translation: t('major-incidents.update.text-needed') }),
    }),
    submit: async (values) => {
      const { nextUpdateDue } = await call(api.sendUpdate, {
        params: { id: major.id },
        body: {
          audiences: audiences.filter((each) => values[each]),
          language: values.language,
          text: values.text.trim(),
          ...(values.both && { translation: values.translation.trim() }),
          nextMinutes: values.next === 'last' ? null : Number(values.next),
        },
      })
      draft.drop()
      await changed()
      notify(t(nextUpdateDue === null ? 'major-incidents.update.sent-last' : 'major-incidents.update.sent'))
      onClose()
    },
  })
  const { values } = form
  const isFirst = major.updates?.due === 0 || major.updates === null
  /** A draft from what was recorded, to be changed before it goes. Names and suspicions are in it: it is for inside first. */
  async function begin(kind: 'flash' | 'update') {
    const { lines } = await call(api.readNote, { params: { id: major.id, kind }, query: { lang: values.language } })
    form.set({ text: lines.join('\n') })
  }
  const goesOut = publicAudiences.some((each) => values[each])
  const chosen = audiences.filter((each) => values[each])
  const text = form.field('text')
  const other = values.language === 'de' ? 'en' : 'de'
  const options = [...new Set([...rhythms.slice(0, -1), usual])].toSorted((one, two) => Number(one) - Number(two))
  return (
    <Addressed to={goesOut ? 'public' : 'internal'} ref={bringUp}>
      <Form
        form={form}
        label={t('major-incidents.update.title')}
        action={t(goesOut ? 'major-incidents.update.do-public' : 'major-incidents.update.do', {
          customer: major.customer.name,
        })}
        beside={<Button onClick={onClose}>{t('major-incidents.not-now')}</Button>}
      >
        <fieldset className={classes.audiences}>
          <legend>{t('major-incidents.update.whom')}</legend>
          {audiences.map((each) => (
            <CheckField key={each} field={form.field(each)} label={t(`major-incidents.audience.${each}`)} />
          ))}
        </fieldset>
        <TextAreaField
          field={{
            ...text,
            onChange: (words) => {
              draft.keep(words)
              text.onChange(words)
            },
          }}
          label={t('major-incidents.update.text')}
          hint={t(goesOut ? 'major-incidents.update.hint-public' : 'major-incidents.update.hint')}
          rows={4}
        />
        {values.text.trim() === '' && !goesOut && (
          <p className={classes.small}>
            <TextButton onClick={() => void begin(isFirst ? 'flash' : 'update')}>
              {t(isFirst ? 'major-incidents.update.flash' : 'major-incidents.update.changes')}
            </TextButton>
          </p>
        )}
        <FieldRow>
          <SelectField
            field={form.field('next')}
            label={t('major-incidents.update.next')}
            options={[
              ...options.map((value) => ({ value, label: t('major-incidents.update.in', { minutes: Number(value) }) })),
              { value: 'last', label: t('major-incidents.update.last') },
            ]}
          />
          <SelectField
            field={form.field('language')}
            label={t('major-incidents.update.language')}
            options={[
              { value: 'de' as const, label: t('major-incidents.language.de') },
              { value: 'en' as const, label: t('major-incidents.language.en') },
            ]}
          />
        </FieldRow>
        <CheckField field={form.field('both')} label={t('major-incidents.update.both', { other })} />
        {values.both && (
          <TextAreaField
            field={form.field('translation')}
            label={t('major-incidents.update.translation', { other })}
            hint={t('major-incidents.update.translation-hint')}
            rows={4}
          />
        )}
        {values.text.trim() !== '' && <Preview major={major} values={values} chosen={chosen} />}
      </Form>
    </Addressed>
  )
}

interface PreviewProps {
  readonly major: MajorIncidentPage
  readonly values: Values
  readonly chosen: readonly UpdateAudience[]
}

function Preview({ major, values, chosen }: PreviewProps) {
  const t = useText()
  const format = useFormat()
  const now = useNow(30_000)
  const due = values.next === 'last' ? null : new Date(now.getTime() + Number(values.next) * 60_000)
  const zone = zoneOf(major)
  return (
    <figure className={classes.preview} aria-label={t('major-incidents.update.preview')}>
      <figcaption className="pl-tiny pl-quiet">
        {t('major-incidents.update.as-read', {
          who: chosen.length === 0 ? '…' : format.list(chosen.map((each) => t(`major-incidents.audience.${each}`))),
        })}
      </figcaption>
      <b>{major.services[0]?.name ?? major.incident.title}</b>
      <p lang={values.language} className={classes.words}>
        {values.text}
      </p>
      {values.both && (
        <p lang={values.language === 'de' ? 'en' : 'de'} className={classes.words}>
          {values.translation}
        </p>
      )}
      <p className="pl-small pl-quiet">
        {format.time(now, zone)} ·{' '}
        {due === null
          ? t('major-incidents.update.last')
          : t('major-incidents.next.at', { time: format.timeNear(due, now, zone) })}
      </p>
    </figure>
  )
}

/** It is what the room is for at that moment. */
function bringUp(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
  element?.querySelector('textarea')?.focus({ preventScroll: true })
}
