import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The font of pages, in files that come with the program: Latin, Greek and Cyrillic. */
const HOUSE_FONTS = [
  '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
]

/** Scripts that they do not have, and fonts that do, the best first: of a package, or of operating systems. */
const others: readonly { readonly script: RegExp; readonly files: readonly string[] }[] = [
  {
    script: /\p{Extended_Pictographic}/u,
    files: [
      '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
      'NotoEmoji-Regular.ttf',
      'seguisym.ttf',
      'DejaVuSans.ttf',
    ],
  },
  {
    script: /\p{Script=Arabic}/u,
    files: ['NotoSansArabic-Regular.ttf', 'NotoNaskhArabic-Regular.ttf', 'GeezaPro.ttc', 'arial.ttf', 'DejaVuSans.ttf'],
  },
  { script: /\p{Script=Hebrew}/u, files: ['NotoSansHebrew-Regular.ttf', 'ArialHB.ttc', 'arial.ttf', 'DejaVuSans.ttf'] },
  {
    script: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
    files: [
      'NotoSansCJK-Regular.ttc',
      'NotoSansCJKjp-Regular.otf',
      'PingFang.ttc',
      'msyh.ttc',
      'DroidSansFallbackFull.ttf',
      'wqy-zenhei.ttc',
      'Arial Unicode.ttf',
    ],
  },
  { script: /\p{Script=Devanagari}/u, files: ['NotoSansDevanagari-Regular.ttf', 'Nirmala.ttf', 'Kohinoor.ttc'] },
  { script: /\p{Script=Thai}/u, files: ['NotoSansThai-Regular.ttf', 'LeelawUI.ttf', 'Thonburi.ttc'] },
]

const FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
]

/**
 * Font files with which a text can be shown. What neither they nor a font of this machine have is shown as a box: a document
 * is not refused for a letter in a ticket's title.
 */
export async function fontsFor(text: string): Promise<Uint8Array[]> {
  const paths = new Set(HOUSE_FONTS.map((file) => fileURLToPath(import.meta.resolve(file))))
  let installed: ReadonlyMap<string, string> | undefined
  for (const { script, files } of others) {
    if (!script.test(text)) continue
    for (const file of files) {
      const path = file.startsWith('@') ? packaged(file) : (installed ??= systemFonts()).get(file.toLowerCase())
      if (path === undefined) continue
      paths.add(path)
      break
    }
  }
  return Promise.all([...paths].map((path) => readFile(path)))
}

/** A file of a package, where that is installed. */
function packaged(file: string): string | undefined {
  try {
    const path = fileURLToPath(import.meta.resolve(file))
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** The machine's font files by name in small letters. */
function systemFonts(): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of FOLDERS) {
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) found.set(entry.name.toLowerCase(), join(entry.parentPath, entry.name))
    }
  }
  return found
}
