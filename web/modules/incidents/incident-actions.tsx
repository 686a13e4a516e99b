import { useNavigate } from '@tanstack/react-router'
import { barredFromWorking, type IncidentPage } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMajorIncident } from './major-flag.tsx'
import { useTake } from './use-take.ts'
import { type AskingStep, asks, offeredIn, type Step } from './steps.ts'

/** What is open over or in the page. */
export type Asking =
  | AskingStep
  | 'note'
  | 'rate'
  | 'assign'
  | 'change'
  | 'link'
  | 'files'
  | 'macro'
  | 'findings'
  | 'confidential'

interface IncidentActionsProps {
  readonly incident: IncidentPage
  /** The step that is under way. */
  readonly busy: Step | null
  readonly onStep: (step: Step) => void
  readonly onAsk: (what: Asking) => void
}

/** What can be done: the likely step first, an update, then everything else under one more. */
export function IncidentActions({ incident, busy, onStep, onAsk }: IncidentActionsProps) {
  const t = useText()
  const asker = useAsker()
  const navigate = useNavigate()
  const major = useMajorIncident(incident.number)
  const barred = barredFromWorking(asker)
  const { main, others } = offeredIn(incident.state)
  const over = incident.state === 'cancelled' || incident.state === 'closed'
  const me = asker.personId
  const takeOver = useTake(incident)
  const take = (step: Step) => (asks(step) ? onAsk(step) : onStep(step))
  const may = barred === null
  useKeys(
    t('incidents.keys'),
    [
      ...(over ? [] : [{ keys: 'm', label: t('incidents.note.title'), run: () => onAsk('note') }]),
      { keys: 'a', label: t('incidents.assign'), run: () => onAsk('assign') },
      ...(over ? [] : [{ keys: 't', label: t('work.hand.take'), run: takeOver }]),
      { keys: 'p', label: t('incidents.rate'), run: () => onAsk('rate') },
      { keys: 'l', label: t('incidents.links.add'), run: () => onAsk('link') },
      { keys: 'e', label: t('incidents.change'), run: () => onAsk('change') },
      { keys: 'v', label: t('work.macro'), run: () => onAsk('macro') },
    ],
    may,
  )
  if (barred !== null) {
    // A customer's people would write to us; work is none of their actions, so it is not held out to them.
    const wanted =
      barredFromInside(asker) !== null || main === null ? 'incidents.note.title' : (`incidents.step.${main}` as const)
    return <Button barred={t(barred)}>{t(wanted)}</Button>
  }
  return (
    <>
      {main && (
        <Button main busy={busy === main} onClick={() => take(main)}>
          {t(`incidents.step.${main}`)}
        </Button>
      )}
      <Button
        onClick={() => onAsk('note')}
        {...(over ? { barred: t('incidents.note.over', { state: incident.state }) } : { keys: 'm' })}
      >
        {t('incidents.note.title')}
      </Button>
      <Menu button={<Button busy={busy !== null && busy !== main}>{t('incidents.more')}</Button>}>
        {others.map((step) => (
          <MenuItem key={step} onClick={() => take(step)}>
            {t(`incidents.step.${step}`)}
          </MenuItem>
        ))}
        <MenuItem onClick={() => onAsk('macro')}>{t('work.macro')}</MenuItem>
        {!over && me !== null && incident.assignee?.id !== me && (
          <MenuItem onClick={takeOver}>{t('work.hand.take')}</MenuItem>
        )}
        {!over && <MenuItem onClick={() => onAsk('assign')}>{t('incidents.assign')}</MenuItem>}
        {!over && <MenuItem onClick={() => onAsk('rate')}>{t('incidents.rate')}</MenuItem>}
        <MenuItem onClick={() => onAsk('change')}>{t('incidents.change')}</MenuItem>
        <MenuItem onClick={() => onAsk('findings')}>{t('incidents.findings')}</MenuItem>
        <MenuItem onClick={() => onAsk('confidential')}>{t('incidents.confidential.set')}</MenuItem>
        <MenuItem onClick={() => onAsk('link')}>{t('incidents.links.add')}</MenuItem>
        {!over && (
          <MenuItem onClick={() => void navigate({ to: '/escalations/new', search: { incident: incident.number } })}>
            {t('app.escalate')}
          </MenuItem>
        )}
        {major === null && (
          <MenuItem
            onClick={() => void navigate({ to: '/major-incidents/new', search: { incident: incident.number } })}
          >
            {t('incidents.major.declare')}
          </MenuItem>
        )}
        <MenuItem onClick={() => void navigate({ to: '/friction/new', search: { incident: incident.number } })}>
          {t('app.friction.note')}
        </MenuItem>
        <MenuItem onClick={() => void navigate({ to: '/corrections/new', search: { incident: incident.number } })}>
          {t('app.correct.incident')}
        </MenuItem>
      </Menu>
    </>
  )
}
