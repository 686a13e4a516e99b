import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/corrections'
import { call } from '#web/http/call.ts'
import type { Sent } from '#web/http/call.ts'

type Request = Sent<typeof api.requestCorrection>['body']

/** Writes a correction down, has its differences counted, and goes to its page. */
export function useRequest(): (request: Request) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (request) => {
    const { id } = await call(api.requestCorrection, { body: request })
    const computing = await call(api.computeCorrection, { params: { id } })
    client.setQueryData(['corrections', id], computing)
    void client.invalidateQueries({ queryKey: ['corrections', 'list'] })
    // After what was typed counts as sent: nobody is asked whether to leave it.
    queueMicrotask(() => void navigate({ to: '/corrections/$id', params: { id } }))
  }
}
