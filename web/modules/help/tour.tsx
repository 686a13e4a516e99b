import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import * as incidents from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { keep, readKept } from '#web/ui/kept.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './help.module.css'

const steps = ['today', 'incident', 'attainment', 'agreements', 'reviews'] as const
type Step = (typeof steps)[number]

const places: Readonly<Record<Exclude<Step, 'incident'>, string>> = {
  today: '/',
  attainment: '/attainment',
  agreements: '/agreements',
  reviews: '/reviews',
}

const FOCUS_MS = 400

/** Where it was left, to go on there. */
const STORED = 'plumbline.tour'

function leftAt(): number {
  const step = Number(readKept(STORED) ?? 0)
  return Number.isInteger(step) && step > 0 && step < steps.length ? step : 0
}

/** Five steps over what there is, beside the page and not over it: everything shown can be tried at once. */
export function Tour({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const [at, setAt] = useState(leftAt)
  const panel = useRef<HTMLElement>(null)
  const step = steps[at] ?? 'today'
  useEffect(() => {
    void goTo(step, navigate)
    // After the new page has taken the focus for its title.
    const timer = setTimeout(() => panel.current?.focus({ preventScroll: true }), FOCUS_MS)
    return () => clearTimeout(timer)
  }, [step, navigate])
  function go(next: number) {
    keep(STORED, String(next))
    if (next < steps.length) setAt(next)
    else onClose()
  }
  // Wherever the focus is: a page that arrives takes it for its title.
  useKeys(t('help.tour.label'), [
    { keys: 'Right', label: t('help.tour.next'), run: () => go(at + 1) },
    { keys: 'Left', label: t('help.tour.back'), run: () => go(Math.max(0, at - 1)) },
    { keys: 'Escape', label: t('help.tour.leave'), run: onClose },
  ])
  const last = at === steps.length - 1
  return (
    <section ref={panel} tabIndex={-1} className={classes.tour} aria-label={t('help.tour.label')} aria-live="polite">
      <p className={classes.step}>{t('help.tour.step', { step: at + 1, count: steps.length })}</p>
      <h2>{t(`help.tour.${step}`)}</h2>
      <p>{t(`help.tour.${step}-text`)}</p>
      <Buttons>
        <Button main onClick={() => go(at + 1)}>
          {t(last ? 'help.tour.done' : 'help.tour.next')}
        </Button>
        {at > 0 && <Button onClick={() => go(at - 1)}>{t('help.tour.back')}</Button>}
        {!last && <Button onClick={onClose}>{t('help.tour.leave')}</Button>}
      </Buttons>
    </section>
  )
}

async function goTo(step: Step, navigate: ReturnType<typeof useNavigate>): Promise<void> {
  await navigate({ to: await placeOf(step) })
}

/** An incident with a clock, where there is one. */
async function placeOf(step: Step): Promise<string> {
  if (step !== 'incident') return places[step]
  const { items } = await call(incidents.listIncidents, { query: { limit: 1, sort: 'dueAt' } }).catch(() => ({
    items: [],
  }))
  const number = items[0]?.number
  return number === undefined ? '/incidents' : `/incidents/${encodeURIComponent(number)}`
}
