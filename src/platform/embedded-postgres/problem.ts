import { speaker, type Language, type TextValues } from '#core/text.ts'
import de from '../../locales/de/embedded-postgres.json' with { type: 'json' }
import en from '../../locales/en/embedded-postgres.json' with { type: 'json' }

/** What the embedded database has to say: its problems and its progress. */
type Saying = keyof typeof en

const say = speaker<Saying>({ en, de })

/** Something that a person has to put right; the message says what, where and how. */
class EmbeddedPostgresProblem extends Error {
  override readonly name = 'EmbeddedPostgresProblem'
  /** Stable, for programs to match on: `disk-full`. */
  readonly code: Saying

  constructor(code: Saying, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Says things in one language. */
export interface Voice {
  say(saying: Saying, values?: TextValues): string
  problem(saying: Saying, values?: TextValues, cause?: unknown): EmbeddedPostgresProblem
}

export function voiceIn(language: Language): Voice {
  return {
    say: (saying, values) => say(language, saying, values),
    problem: (saying, values, cause) => new EmbeddedPostgresProblem(saying, say(language, saying, values), cause),
  }
}

/** The code of a system error (`ENOENT`) or a PostgreSQL error (`28P01`), where it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

const FOLDER_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'ERR_SQLITE_ERROR'])

/** What a failed file operation in `folder` means to a person; anything else unchanged. */
export function folderProblem(
  error: unknown,
  { folder, voice }: { readonly folder: string; readonly voice: Voice },
): unknown {
  if (!(error instanceof Error)) return error
  const code = codeOf(error) ?? ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return voice.problem('disk-full', { folder }, error)
  if (!FOLDER_CODES.has(code)) return error
  return voice.problem('folder-unwritable', { folder, reason: error.message }, error)
}
