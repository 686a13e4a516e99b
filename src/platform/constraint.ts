import { Failure, type FailureCode } from '#core/failure.ts'
import type { TextValues } from '#core/text.ts'

/**
 * Does `work`; when the database refuses it by one of the named constraints, fails with that constraint's sentence. The
 * constraint decides rather than a look before, which two at the same time would both pass.
 *
 * @param meanings Failure by name of the constraint or unique index.
 */
export async function explaining<Result>(
  meanings: Readonly<Record<string, FailureCode>>,
  values: TextValues,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { constraint } = error as { constraint?: string }
    const code = constraint === undefined ? undefined : meanings[constraint]
    if (code === undefined) throw error
    throw new Failure('conflict', code, values)
  }
}
