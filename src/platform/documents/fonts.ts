import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The font of pages, in files that come with the program: Latin, Greek and Cyrillic. */
const HOUSE_FONTS = ['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf']

/** Scripts that it does not have, and fonts of operating systems that do, the best first. */
const others: readonly { readonly script: RegExp; readonly files: readonly string[] }[] = [
  { script: /\p{Script=Arabic}/u, files: ['NotoSansArabic-Regular.ttf', 'NotoNaskhArabic-Regular.ttf', 'GeezaPro.ttc', 'arial.ttf', 'DejaVuSans.ttf'] },
  { script: /\p{Script=Hebrew}/u, files: ['NotoSansHebrew-Regular.ttf', 'ArialHB.ttc', 'arial.ttf', 'DejaVuSans.ttf'] },
  {
    script: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
    files: ['NotoSansCJK-Regular.ttc', 'NotoSansCJKjp-Regular.otf', 'PingFang.ttc', 'msyh.ttc', 'DroidSansFallbackFull.ttf', 'wqy-zenhei.ttc', 'Arial Unicode.ttf'],
  },
  { script: /\p{Script=Devanagari}/u, files: ['NotoSansDevanagari-Regular.ttf', 'Nirmala.ttf', 'Kohinoor.ttc'] },
  { script: /\p{Script=Thai}/u, files: ['NotoSansThai-Regular.ttf', 'LeelawUI.ttf', 'Thonburi.ttc'] },
  {
    script: /\p{Extended_Pictographic}/u,
    files: ['NotoEmoji-Regular.ttf', 'NotoColorEmoji.ttf', 'seguiemj.ttf', 'Apple Color Emoji.ttc', 'NotoSansSymbols2-Regular.ttf', 'Symbola.ttf', 'DejaVuSans.ttf'],
  },
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
 * Font files with which a text can be shown. What no font of this machine has is shown as a box: a review is not refused
 * for a picture in a ticket's title.
 */
export async function fontsFor(text: string): Promise<Uint8Array[]> {
  const wanted = others.filter(({ script }) => script.test(text))
  const found = wanted.length === 0 ? new Map<string, string>() : systemFonts()
  const paths = new Set(HOUSE_FONTS.map((file) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${file}`))))
  for (const { files } of wanted) {
    const name = files.find((file) => found.has(file.toLowerCase()))
    if (name !== undefined) paths.add(found.get(name.toLowerCase())!)
  }
  return Promise.all([...paths].map((path) => readFile(path)))
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
