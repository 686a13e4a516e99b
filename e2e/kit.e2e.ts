import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ROOT } from '#platform/configuration.ts'
import { compact, difference, DRAWN_ALIKE, kitFile, kitViews, takeKit } from './kit-picture.ts'

const FOUND = join(ROOT, 'test-results/kit')

let browser: Browser
beforeAll(async () => {
  const { executablePath, args } = inject('chromium')
  browser = await chromium.launch({ executablePath, args: [...args, ...DRAWN_ALIKE] })
})
afterAll(() => browser.close())

test.concurrent.each(kitViews)(
  'every part of the kit looks as it did, in $language and $scheme',
  async (view) => {
    const { pictures, foreign } = await takeKit(browser, inject('program').url, view)
    const differences: string[] = []
    for (const [index, taken] of pictures.entries()) {
      const file = kitFile(view, index)
      const found = await difference(taken, file)
      if (found === null) continue
      differences.push(found.says)
      await mkdir(FOUND, { recursive: true })
      await writeFile(join(FOUND, file), compact(taken))
      if (found.picture !== null) await writeFile(join(FOUND, `difference-${file}`), found.picture)
    }
    expect(foreign, 'drawn with a font of the machine').toEqual([])
    expect(
      differences,
      `What differs is marked in ${FOUND}. If it is meant to look like that: npm run pictures -- kit`,
    ).toEqual([])
  },
  180_000,
)
