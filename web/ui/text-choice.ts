/** A code as texts choose by it: their choices know no hyphen. `next-update` is chosen as `next_update`. */
export function textChoice(code: string): string {
  return code.replaceAll('-', '_')
}
