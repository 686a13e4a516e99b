import { useText } from '#web/ui/text.tsx'
import { type ConflictLine, TheirsAndMine } from '#web/ui/theirs-and-mine.tsx'

/** What somebody else wrote meanwhile, beside what is in the form; saving again keeps the form's. */
export function MovedOn({ lines }: { readonly lines: readonly ConflictLine[] }) {
  const t = useText()
  const differing = lines.filter(({ theirs, mine }) => theirs !== mine)
  return (
    <TheirsAndMine lines={differing} none={t('customers.moved.same')}>
      {differing.length > 0 && t('customers.moved.what')}
    </TheirsAndMine>
  )
}
