import { useQueryClient } from '@tanstack/react-query'
import { notify } from '#web/ui/notices.tsx'
import { availabilityKey } from './queries.ts'

/** Makes all figures look again, and says what was done. */
export function useWritten(): (said: string) => Promise<void> {
  const client = useQueryClient()
  return async (said) => {
    await client.invalidateQueries({ queryKey: availabilityKey })
    notify(said)
  }
}
