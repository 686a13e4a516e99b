import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'

/** The secret of a one-time link: what follows the # in its address. Empty where somebody came without one. */
export function useLinkSecret(): string {
  const { hash } = useLocation()
  const [secret, setSecret] = useState(hash)
  // While another page comes the address is that one's already; another link in the same window is another secret.
  if (hash !== '' && hash !== secret) setSecret(hash)
  return decodeURIComponent(secret)
}
