import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/what-if'
import { call, type Sent } from '#web/http/call.ts'

type Request = Sent<typeof api.tryWhatIf>['body']

/** Has a version tried, and goes to where it is counted. */
export function useTrying(): (request: Request) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (request) => {
    const whatIf = await call(api.tryWhatIf, { body: request })
    client.setQueryData(['what-ifs', whatIf.id], whatIf)
    void client.invalidateQueries({ queryKey: ['what-ifs', 'list'] })
    // After what was typed counts as sent: nobody is asked whether to leave it.
    queueMicrotask(() => void navigate({ to: '/what-ifs/$id', params: { id: whatIf.id } }))
  }
}
