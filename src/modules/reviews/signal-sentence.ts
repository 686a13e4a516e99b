import type { TargetFacts } from './facts.ts'
import { type Signal, shares, signalOf } from './signal.ts'
import { smallSample } from './verdict.ts'
import type { Wording } from './wording.ts'

/** Whether a target's month is news against the months before it. */
export function signalOfTarget({ trend, attainmentBp, met, failed }: TargetFacts): Signal {
  const signal = signalOf(shares(trend), { least: 0, most: 100 })
  // A single case of few moves a share further than any change of ours would.
  if (signal.kind !== 'unknown' && smallSample(met + failed, attainmentBp)) return { kind: 'unknown', why: 'few-cases' }
  return signal
}

/** Change or chance, as a sentence. */
export function signalSentence(target: TargetFacts, { say, percent, tenth }: Wording): string {
  const signal = signalOfTarget(target)
  if (signal.kind === 'unknown') return say(`signal.${signal.why}`, { cases: target.met + target.failed })
  const share = (value: number) => percent(Math.round(value * 10), 1000)
  const { lower, upper, mean, months, provisional } = signal.limits
  const values = { lower: tenth(lower), lowest: share(lower), upper: share(upper), mean: share(mean) }
  const sentence =
    signal.kind === 'none'
      ? say('signal.none', values)
      : say(`signal.${signal.kind === 'higher' ? 'better' : 'worse'}.${signal.pattern}`, values)
  return provisional ? say('signal.provisional', { sentence, months }) : sentence
}
