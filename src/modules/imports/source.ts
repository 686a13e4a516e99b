/** Where exports come from. */
export const sources = ['servicenow', 'hp-service-manager', 'xes', 'csv'] as const
export type Source = (typeof sources)[number]

/** Whether its rows are activities of which each says little: what one does not say stays as it was. */
export function isActivityLog(source: Source): boolean {
  return source === 'hp-service-manager' || source === 'xes'
}
