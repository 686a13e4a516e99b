import { useEffect, useState } from 'react'

/** In milliseconds, unless said. */
const SETTLED_MS = 150

/** What was typed, once nothing more is: for questions to the server, which is not asked letter by letter. */
export function useSettled(words: string, afterMs = SETTLED_MS): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), afterMs)
    return () => clearTimeout(timer)
  }, [words, afterMs])
  return settled
}
