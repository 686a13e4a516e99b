/** One measurement, printed as a JSON object on a line of its own. */
export interface Measurement {
  /** Once there, it keeps its meaning. */
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly samples: number
  /** Whatever a reader needs to judge the value: other percentiles, sizes, the value it is to be compared with. */
  readonly detail: Readonly<Record<string, unknown>>
}

export function print(measurement: Measurement): void {
  process.stdout.write(`${JSON.stringify(measurement)}\n`)
}

/** The value below which the share of samples lies, by the nearest rank; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
