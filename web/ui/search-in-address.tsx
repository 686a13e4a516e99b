import { useNavigate } from '@tanstack/react-router'
import { SearchInput } from '#web/ui/search-input.tsx'

interface SearchInAddressProps {
  /** What is searched: `Name or address`. */
  readonly label: string
  /** As the address has them, under `q`. */
  readonly words: string
}

/** Narrows a list by words that stand in the address, so that it can be shared; going back goes to where one came from. */
export function SearchInAddress({ label, words }: SearchInAddressProps) {
  const navigate = useNavigate()
  return (
    <SearchInput
      label={label}
      value={words}
      onChange={(typed) =>
        void navigate({ to: '.', search: (before: object) => ({ ...before, q: typed || undefined }), replace: true })
      }
    />
  )
}
