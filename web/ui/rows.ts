/** A row of a form that has nothing of its own to be known by. */
export type Row<Value> = Value & { readonly row: number }

/** Rows for what is there already. */
export function rowsOf<Value extends object>(values: readonly Value[]): readonly Row<Value>[] {
  return values.map((value, row) => ({ ...value, row }))
}

/** With one more at the end; a number is not given to another while its row is there. */
export function withRow<Value extends object>(rows: readonly Row<Value>[], value: Value): readonly Row<Value>[] {
  return [...rows, { ...value, row: Math.max(-1, ...rows.map(({ row }) => row)) + 1 }]
}

export function withChange<Value extends object>(
  rows: readonly Row<Value>[],
  row: number,
  changed: Partial<Value>,
): readonly Row<Value>[] {
  return rows.map((each) => (each.row === row ? { ...each, ...changed } : each))
}

export function withoutRow<Value extends object>(rows: readonly Row<Value>[], row: number): readonly Row<Value>[] {
  return rows.filter((each) => each.row !== row)
}
