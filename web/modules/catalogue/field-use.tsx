import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { fieldUseQuery } from './queries.ts'

/** What became of the answers to a field, beside the field: whoever asks for something sees whether anybody needs it. */
export function FieldUse({ itemId, field }: { readonly itemId: string; readonly field: string }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(fieldUseQuery(itemId))
  if (data === undefined || field === '') return null
  const { filled, used, lastUsedAt } = data.get(field) ?? { filled: 0, used: 0, lastUsedAt: null }
  const sentence = t('catalogue.field-use', {
    filled,
    used,
    last: lastUsedAt === null ? '' : format.day(lastUsedAt),
  })
  if (filled === 0) return <p className="pl-quiet pl-small">{sentence}</p>
  return (
    <p className="pl-quiet pl-small">
      <Link to="/requests" search={{ item: itemId, field }}>
        {sentence}
      </Link>
    </p>
  )
}
