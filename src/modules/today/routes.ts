import { type Route, route } from '#platform/http.ts'
import type { WaitsFor } from '#platform/waiting.ts'
import * as api from './api.ts'
import { readToday } from './today.ts'

/** @param waits What of each module waits for whoever asks. */
export function todayRoutes(waits: readonly WaitsFor<api.TodayItem>[]): readonly Route[] {
  return [route(api.getToday, (context, given) => readToday(context, given, waits))]
}
