import { useId } from 'react'
import { type Scale, scoresOn } from '#api/feedback'
import { useText } from '#web/ui/text.tsx'
import classes from './score-choice.module.css'

/** A number with the gap to the next. */
const EACH_PX = 50

interface ScoreChoiceProps {
  readonly scale: Scale
  readonly question: string
  readonly value: number | null
  readonly onChange: (score: number) => void
  readonly error?: string | undefined
}

/** A number on a scale, each as large as a thumb. */
export function ScoreChoice({ scale, question, value, onChange, error }: ScoreChoiceProps) {
  const t = useText()
  const id = useId()
  return (
    <fieldset>
      <legend className={classes.question}>
        <b>{question}</b>
      </legend>
      <div className={classes.scores}>
        {scoresOn(scale).map((score) => (
          <label key={score} className={classes.score}>
            <input type="radio" name={id} value={score} checked={value === score} onChange={() => onChange(score)} />
            <span>{score}</span>
          </label>
        ))}
      </div>
      <p className={`${classes.ends} pl-small pl-quiet`} style={{ maxWidth: scoresOn(scale).length * EACH_PX }}>
        <span>{t(`feedback.end.${scale}.low`)}</span>
        <span>{t(`feedback.end.${scale}.high`)}</span>
      </p>
      {error && <p role="alert">{error}</p>}
    </fieldset>
  )
}
