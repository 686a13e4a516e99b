import { useId } from 'react'
import { type Anonymity, factors, type Scale } from '#api/feedback'
import { CheckField, NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { ScoreChoice } from './score-choice.tsx'
import classes from './answer-form.module.css'

export interface Asked {
  readonly scale: Scale
  readonly anonymity: Anonymity
  readonly question: string | null
  readonly asksLostTime: boolean
  readonly asksFactors: boolean
}

export interface Details {
  readonly lostMinutes?: number
  readonly factors: (typeof factors)[number][]
  readonly text: string
  readonly mayQuote: boolean
  readonly followUpWanted: boolean
}

interface AnswerFormProps {
  readonly asked: Asked
  /** Null where the score was given already, and more is added. */
  readonly score: number | null | 'given'
  readonly send: (score: number, details: Details) => Promise<unknown>
}

/** A score, and whatever else somebody wants to say. */
export function AnswerForm({ asked, score, send }: AnswerFormProps) {
  const t = useText()
  const { scale, anonymity, asksLostTime, asksFactors } = asked
  const form = useForm({
    initial: {
      score: score === 'given' ? 0 : score,
      lostMinutes: null as number | null,
      chosen: [] as readonly (typeof factors)[number][],
      text: '',
      mayQuote: false,
      followUpWanted: false,
    },
    check: (values) => ({ score: values.score === null ? t('feedback.choose') : undefined }),
    submit: ({ score: given, lostMinutes, chosen, text, mayQuote, followUpWanted }) =>
      send(given!, {
        ...(lostMinutes !== null && { lostMinutes }),
        factors: [...chosen],
        text,
        mayQuote,
        followUpWanted,
      }),
  })
  const { value, error, onChange } = form.field('score')
  const chosen = form.field('chosen')
  return (
    <Form form={form} action={t('feedback.send')}>
      {score !== 'given' && (
        <ScoreChoice scale={scale} question={questionOf(t, asked)} value={value} error={error} onChange={onChange} />
      )}
      {asksLostTime && (
        <NumberField
          field={form.field('lostMinutes')}
          label={t('feedback.lost')}
          hint={t('feedback.lost-hint')}
          min={0}
          max={100_000}
          optional
        />
      )}
      {asksFactors && <Factors value={chosen.value} onChange={chosen.onChange} />}
      <TextAreaField field={form.field('text')} label={t('feedback.words')} maxLength={4000} optional />
      {form.values.text !== '' && <CheckField field={form.field('mayQuote')} label={t('feedback.may-quote')} />}
      {anonymity === 'identified' && (
        <CheckField field={form.field('followUpWanted')} label={t('feedback.follow-up-wanted')} />
      )}
    </Form>
  )
}

function questionOf(t: ReturnType<typeof useText>, { question, scale }: Asked): string {
  return question ?? t(`feedback.question.${scale}`)
}

interface FactorsProps {
  readonly value: readonly (typeof factors)[number][]
  readonly onChange: (value: readonly (typeof factors)[number][]) => void
}

/** What it depended on: any of a few. */
function Factors({ value, onChange }: FactorsProps) {
  const t = useText()
  const id = useId()
  return (
    <fieldset>
      <legend className={classes.question}>
        <b>{t('feedback.factors')}</b>
      </legend>
      <div className={classes.factors}>
        {factors.map((factor) => (
          <label key={factor} className={classes.factor} htmlFor={`${id}-${factor}`}>
            <input
              id={`${id}-${factor}`}
              type="checkbox"
              checked={value.includes(factor)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, factor] : value.filter((each) => each !== factor))
              }
            />
            {t(`feedback.factor.${factor}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
