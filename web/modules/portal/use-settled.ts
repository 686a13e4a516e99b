import { useEffect, useState } from 'react'

/** How long nobody types before the server is asked. */
const SETTLED_MS = 150

/** What was typed, once nothing more is. */
export function useSettled(words: string): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [words])
  return settled
}
