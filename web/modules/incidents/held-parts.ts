/**
 * Parts of a whole in whole per cent that add up to 100: what rounding down leaves goes to those that lost most by it. All
 * zero where the whole is nothing.
 */
export function percentParts(parts: readonly number[]): readonly number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  if (whole === 0) return parts.map(() => 0)
  const down = parts.map((part) => Math.floor((100 * part) / whole))
  const left = 100 - down.reduce((sum, part) => sum + part, 0)
  const lost = parts
    .map((part, index) => ({ index, by: (100 * part) / whole - down[index]! }))
    .toSorted((one, other) => other.by - one.by)
  const raised = new Set(lost.slice(0, left).map(({ index }) => index))
  return down.map((part, index) => (raised.has(index) ? part + 1 : part))
}
