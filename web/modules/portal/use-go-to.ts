import { useNavigate } from '@tanstack/react-router'

/** Where a choice in the portal leads. */
export type Goal =
  | { readonly kind: 'report'; readonly number: string }
  | { readonly kind: 'request'; readonly number: string }
  | { readonly kind: 'service'; readonly id: string }
  | { readonly kind: 'article'; readonly id: string }
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'new'; readonly title: string }

/** Goes to what was chosen. */
export function useGoTo(): (goal: Goal) => void {
  const navigate = useNavigate()
  return (goal) => {
    if (goal.kind === 'new')
      void navigate({ to: '/portal/report', search: goal.title === '' ? {} : { title: goal.title } })
    else if (goal.kind === 'report') void navigate({ to: '/portal/reports/$number', params: { number: goal.number } })
    else if (goal.kind === 'request') void navigate({ to: '/portal/requests/$number', params: { number: goal.number } })
    else if (goal.kind === 'article') void navigate({ to: '/articles/$id', params: { id: goal.id } })
    else if (goal.kind === 'item') void navigate({ to: '/portal/order/$item', params: { item: goal.id } })
    else void navigate({ to: '/portal/report', search: { service: goal.id } })
  }
}
