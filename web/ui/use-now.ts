import { useEffect, useState } from 'react'

/** The time, renewed now and then, in milliseconds between; the same for a whole render. */
export function useNow(every = 60_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
