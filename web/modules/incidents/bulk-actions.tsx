import { useState } from 'react'
import { bulkLimit } from '#api/incidents'
import { TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import { BulkAssignDialog, BulkRateDialog, BulkStepDialog } from './bulk-dialogs.tsx'
import type { Versions } from './use-bulk.ts'

const actions = [
  { what: 'assign', keys: 'a' },
  { what: 'rate', keys: 'p' },
  { what: 'step', keys: 's' },
] as const

type What = (typeof actions)[number]['what']

interface BulkActionsProps {
  /** Ids of what is selected. */
  readonly selected: ReadonlySet<string>
  /** As the list shows them now. */
  readonly versionsShown: () => Versions
  /** What was changed is selected no more. */
  readonly onDone: (left: readonly string[]) => void
}

/** What may be done with all that is selected, at the foot of the list. */
export function BulkActions({ selected, versionsShown, onDone }: BulkActionsProps) {
  const t = useText()
  const [asking, setAsking] = useState<{ readonly what: What; readonly versions: Versions } | null>(null)
  const ask = (what: What) => setAsking({ what, versions: versionsShown() })
  const some = selected.size > 0 && selected.size <= bulkLimit
  useKeys(
    t('incidents.bulk.keys'),
    actions.map(({ what, keys }) => ({ keys, label: t(`incidents.bulk.${what}`), run: () => ask(what) })),
    some,
  )
  if (!some) return selected.size > 0 && <span>{t('incidents.bulk.too-many', { most: bulkLimit })}</span>
  const dialog = { incidents: [...selected], versions: asking?.versions ?? {}, onClose: () => setAsking(null), onDone }
  return (
    <>
      {actions.map(({ what, keys }) => (
        <TextButton key={what} onClick={() => ask(what)}>
          <Kbd keys={keys} /> {t(`incidents.bulk.${what}`)}
        </TextButton>
      ))}
      {asking?.what === 'assign' && <BulkAssignDialog {...dialog} />}
      {asking?.what === 'rate' && <BulkRateDialog {...dialog} />}
      {asking?.what === 'step' && <BulkStepDialog {...dialog} />}
    </>
  )
}
