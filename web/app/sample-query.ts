import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/sample'
import { call } from '#web/http/call.ts'

/** How often to look while it is written or removed. */
const LOOK_MS = 700

/** Whether the sample company is there, and how far it has got. */
export function sampleQuery() {
  return queryOptions({
    queryKey: ['sample'],
    queryFn: ({ signal }) => call(api.getSample, {}, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_MS : false),
  })
}

/** Begins to write or to remove it. */
export function useSampleChange() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (what: 'add' | 'remove') =>
      what === 'add' ? call(api.addSample, { body: {} }) : call(api.removeSample, {}),
    onSuccess: (status) => cache.setQueryData(sampleQuery().queryKey, status),
  })
}
