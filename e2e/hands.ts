import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'

/** How somebody does things on a page: the same journey goes by mouse, by keyboard alone and by thumb. */
export interface Hands {
  /** Presses a button, follows a link, marks a choice. */
  readonly press: (thing: Locator) => Promise<void>
  readonly write: (field: Locator, text: string) => Promise<void>
  /** Of a list that the browser itself shows; by how it begins. */
  readonly choose: (field: Locator, label: string) => Promise<void>
  /** Of a list that is searched by typing. */
  readonly find: (field: Locator, text: string) => Promise<void>
  readonly giveFile: (place: Locator, file: GivenFile) => Promise<void>
}

export interface GivenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export function mouse(page: Page): Hands {
  return {
    press: (thing) => thing.click(),
    write: (field, text) => field.fill(text),
    choose: async (field, label) => {
      const option = field.getByRole('option', { name: label }).first()
      await option.waitFor({ state: 'attached' })
      await field.selectOption(await option.getAttribute('value'))
    },
    find: async (field, text) => {
      await field.click()
      await field.fill(text)
      await page.getByRole('option', { name: text }).first().click()
    },
    giveFile: async (place, { name, mimeType, buffer }) => {
      // Dropped, as from a window of files.
      const dataTransfer = await page.evaluateHandle(`(() => {
        const transfer = new DataTransfer()
        const options = { type: ${JSON.stringify(mimeType)} }
        transfer.items.add(new File([${JSON.stringify(buffer.toString())}], ${JSON.stringify(name)}, options))
        return transfer
      })()`)
      await place.dispatchEvent('dragover', { dataTransfer })
      await place.dispatchEvent('drop', { dataTransfer })
    },
  }
}

/** What a thumb is to hit is at least so large, in pixels; links within a text are as tall as it (WCAG 2.5.8). */
const THUMB = 24

/** Nothing but taps on a phone: what is too small to be hit, or lies under something else, is not there. */
export function thumb(page: Page): Hands {
  const byMouse = mouse(page)
  async function tap(thing: Locator): Promise<void> {
    // Until it has come to its place and size.
    await thing.tap({ trial: true })
    const isHit = await thing.evaluate((element, least) => {
      const { labels } = element as unknown as { readonly labels?: Iterable<typeof element> | null }
      // A box or a dot is hit by what it is called, too.
      const places = [element, ...(labels ?? [])].map((place) => place.getBoundingClientRect())
      const isInText = element.ownerDocument.defaultView!.getComputedStyle(element).display === 'inline'
      return isInText || places.some(({ width, height }) => Math.min(width, height) >= least)
    }, THUMB)
    if (!isHit) throw new Error(`${String(thing)} is too small for a thumb.`)
    await thing.tap()
  }
  return {
    press: tap,
    write: async (field, text) => {
      await tap(field)
      await field.fill(text)
    },
    choose: async (field, label) => {
      await tap(field)
      await byMouse.choose(field, label)
    },
    find: async (field, text) => {
      await tap(field)
      await field.fill(text)
      await tap(page.getByRole('option', { name: text }).first())
    },
    giveFile: async (place, { name, mimeType, buffer }) => {
      // The place is a label of the field, which itself is not seen.
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), place.dispatchEvent('click')])
      await chooser.setFiles({ name, mimeType, buffer })
    },
  }
}

/** So many presses of Tab cross the longest page. */
const TABS = 150

/** Nothing but keys: what cannot be reached by Tab is not there. */
export function keys(page: Page): Hands {
  const { keyboard } = page
  async function reach(thing: Locator): Promise<void> {
    await thing.waitFor({ state: 'attached' })
    for (let tabs = 0; tabs < TABS; tabs++) {
      if (await isActive(thing)) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${String(thing)}.`)
  }
  return {
    press: async (thing) => {
      const group = (await thing.getAttribute('type')) === 'radio' ? await thing.getAttribute('name') : null
      if (group === null) {
        await reach(thing)
        // What it waits for itself, a mouse waits for too; meanwhile a dialog may have taken the focus to where it begins.
        await vi.waitUntil(() => thing.isEnabled(), { timeout: 30_000 })
        await reach(thing)
        await keyboard.press('Enter')
        return
      }
      // Tab comes to the one that is marked; from there arrows go, and mark as they go.
      const marked = page.locator(`[type=radio][name="${group}"]:checked`)
      await reach((await marked.count()) === 0 ? thing : marked)
      for (let steps = 0; steps < TABS && !(await isActive(thing)); steps++) await keyboard.press('ArrowDown')
      if (!(await thing.isChecked())) await keyboard.press('Space')
    },
    write: async (field, text) => {
      await reach(field)
      await keyboard.press('Control+a')
      await keyboard.type(text)
    },
    choose: async (field, label) => {
      await reach(field)
      await keyboard.type(label)
    },
    find: async (field, text) => {
      await reach(field)
      await keyboard.press('Control+a')
      await keyboard.type(text)
      // Those of the browser's own lists are hidden ones.
      const option = page.getByRole('option', { name: text }).filter({ visible: true }).first()
      await option.waitFor()
      await keyboard.press('Enter')
      await option.waitFor({ state: 'hidden' })
      await vi.waitUntil(async () => (await field.inputValue()).includes(text), { timeout: 30_000 })
    },
    giveFile: async (place, file) => {
      // Asked for before the way there, so that the browser's own window is caught for certain.
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        reach(place).then(() => keyboard.press('Enter')),
      ])
      await chooser.setFiles({ ...file })
    },
  }
}

function isActive(thing: Locator): Promise<boolean> {
  return thing.evaluate((element) => element === element.ownerDocument.activeElement)
}
