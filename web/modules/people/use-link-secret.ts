import { useLocation } from '@tanstack/react-router'

/** The secret of a one-time link: what follows the # in its address. Empty where somebody came without one. */
export function useLinkSecret(): string {
  const { hash } = useLocation()
  return decodeURIComponent(hash)
}
