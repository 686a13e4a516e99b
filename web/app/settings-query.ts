import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/organisation'
import { call } from '#web/http/call.ts'

function settingsQuery() {
  return queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => call(api.getSettings, {}, signal) })
}

/** All settings, and how to change some of them: against what was read. */
export function useSettings(): {
  readonly settings: api.Settings
  readonly change: (body: api.SettingsChange) => Promise<void>
} {
  const cache = useQueryClient()
  const { data: settings } = useSuspenseQuery(settingsQuery())
  return {
    settings,
    async change(body) {
      try {
        const { version } = settings
        cache.setQueryData(settingsQuery().queryKey, await call(api.changeSettings, { body, match: version }))
      } catch (failure) {
        // Somebody else was here: their settings are shown beside the sentence that says so.
        await cache.invalidateQueries({ queryKey: settingsQuery().queryKey })
        throw failure
      }
      // What everybody sees of it: name, accent, words, hours.
      const seen = ['appearance', 'session', 'retention', 'privacy']
      await Promise.all(seen.map((key) => cache.invalidateQueries({ queryKey: [key] })))
    },
  }
}
