import type { AgreementVersion } from '#api/service-levels'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { PriorityMatrix } from './agreement-matrix.tsx'
import classes from './agreements.module.css'
import { useLevelWords } from './use-target-words.ts'

/** Every term as a sentence. */
export function TermsInWords({ version: { terms } }: { readonly version: AgreementVersion }) {
  const t = useText()
  const format = useFormat()
  const levelWords = useLevelWords()
  const reasons = terms.pausedBy.map((reason) => t(`agreements.pause.${reason}`))
  return (
    <Section title={t('agreements.terms-all')}>
      <ul className={classes.sentences}>
        <li>
          {reasons.length === 0
            ? t('agreements.paused-by-nothing')
            : t('agreements.paused-by', { reasons: format.list(reasons) })}
        </li>
        {reasons.length > 0 && terms.pauseEvidence && <li>{t('agreements.pause-evidence-sentence')}</li>}
        <li>{t(`agreements.reopen.${terms.reopen}-sentence`, { days: terms.reopenWithinDays })}</li>
        <li>{t(`agreements.children.${terms.children}-sentence`)}</li>
        <li>{t(`agreements.calendar-source.${terms.calendarSource}-sentence`)}</li>
        <li>{t(`agreements.hours-change.${terms.onCalendarChange}-sentence`)}</li>
        <li>{t(`agreements.boundary.${terms.boundary}`)}</li>
        <li>{t(`agreements.basis.${terms.basis}-sentence`)}</li>
        <li>
          {terms.levels === null
            ? t('agreements.levels-none-sentence')
            : t('agreements.levels-sentence', { levels: levelWords(terms.levels) })}
        </li>
        <li>{t(`agreements.small-sample.${terms.smallSample}-sentence`)}</li>
        <li>
          {terms.roundTo === null
            ? t('agreements.rounding-exact-sentence')
            : t('agreements.rounding-sentence', { count: terms.roundTo })}
        </li>
        <li>
          {terms.atRisk.length === 0
            ? t('agreements.at-risk-none')
            : t('agreements.at-risk-sentence', { shares: format.list(terms.atRisk.map((share) => `${share} %`)) })}
        </li>
      </ul>
    </Section>
  )
}

const changeReasons = ['correction', 'worsened', 'eased'] as const

/** Which priority an incident gets, and what a later change of it does to a running clock. */
export function Priorities({ version: { terms } }: { readonly version: AgreementVersion }) {
  const t = useText()
  return (
    <Section title={t('agreements.priorities')}>
      <div className={classes.halves}>
        <div>
          <h3>{t('agreements.matrix')}</h3>
          <PriorityMatrix matrix={terms.priorityMatrix} />
        </div>
        <div>
          <h3>{t('agreements.on-change')}</h3>
          <ul className={classes.sentences}>
            {changeReasons.map((reason) => (
              <li key={reason}>
                {t(`agreements.on-change.${reason}`)}:{' '}
                <b>{t(`agreements.on-change.mode.${terms.onPriorityChange[reason]}`)}</b>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  )
}
