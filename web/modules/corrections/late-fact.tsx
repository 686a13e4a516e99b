import type { Change } from '#api/corrections'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

type Late = Extract<Change, { readonly kind: 'availability' }>

/** What was found out about a service: when, and what it says. */
export function LateFact({ change: { fact, about } }: { readonly change: Late }) {
  const t = useText()
  const format = useFormat()
  const moment = (at: Date | null) => (at === null ? t('corrections.late.lasts') : format.instant(at))
  const lines: { name: string; value: string }[] = []
  const say = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') lines.push({ name, value })
  }
  if (fact.of === 'promise') {
    say(t('corrections.late.from'), moment(fact.promise.validFrom))
    say(
      t('corrections.late.target'),
      t('corrections.late.share', { share: format.number(fact.promise.targetPpm / 10_000, 4) }),
    )
  } else if (about) {
    say(t('corrections.late.when'), `${moment(about.from)} – ${moment(about.to)}`)
  }
  if (fact.of === 'downtime') {
    say(t('corrections.late.severity'), t(`corrections.late.severity.${fact.downtime.severity}`))
    say(t('corrections.late.cause'), fact.downtime.cause)
  }
  if (fact.of === 'downtime-changed') {
    const { beganAt, endedAt, severity, cause } = fact.facts
    say(t('corrections.late.began'), beganAt && moment(beganAt))
    say(t('corrections.late.ended'), endedAt === undefined ? undefined : moment(endedAt))
    say(t('corrections.late.severity'), severity && t(`corrections.late.severity.${severity}`))
    say(t('corrections.late.cause'), cause)
  }
  if (fact.of === 'downtime-excluded')
    say(t('corrections.new.excluded-for'), t(`corrections.late.reason.${fact.reason}`))
  if (fact.of === 'maintenance') say(t('corrections.late.title'), fact.maintenance.title)
  if (fact.of === 'gap') say(t('corrections.late.cause'), fact.gap.why)
  return <Facts facts={lines} />
}
