/** A metric as the texts choose by it: their choices know no hyphen. */
export function metricChoice(metric: string): string {
  return metric.replace('-', '_')
}
