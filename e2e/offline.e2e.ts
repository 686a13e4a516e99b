import { expect, inject, test } from 'vitest'
import { settled, signIn, visit } from './browser.ts'

async function api<T>(path: string): Promise<T> {
  const { url, token } = inject('program')
  const reply = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
  return (await reply.json()) as T
}

test('what was opened is read without a network, a note written meanwhile arrives once, and signing out forgets', async () => {
  const visitor = await visit({ offline: true })
  const { page, context, says } = visitor
  await signIn(visitor)
  await page.evaluate('navigator.serviceWorker.ready')
  await page.waitForFunction('navigator.serviceWorker.controller !== null')
  const { items } = await api<{ items: { id: string; number: string; title: string }[] }>('/incidents?state=open&limit=1')
  const { id, number, title } = items[0]!
  await page.reload()
  await settled(page)
  await page.goto(`/incidents/${number}`)
  await settled(page)

  await context.setOffline(true)
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.getByText(says('app.offline')).waitFor()
  await page.goto(`/incidents/${number}`)
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(title)
  await page.getByRole('button', { name: says('incidents.note.title') }).first().click()
  const words = `Written on the train, ${Date.now()}`
  await page.getByRole('textbox').last().fill(words)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(/kept on this device/).first().waitFor()

  await context.setOffline(false)
  const arrived = async () =>
    (await api<{ items: { facts: { text?: string } }[] }>(`/incidents/${id}/timeline?limit=1000`)).items.filter(
      ({ facts }) => facts.text === words,
    ).length
  await expect.poll(arrived, { timeout: 10_000 }).toBe(1)
  await page.getByRole('button', { name: says('app.sign-out') }).first().click()
  await page.waitForURL(/sign-in/)
  const kept = await page.evaluate('caches.open("plumbline-reads").then((cache) => cache.keys()).then(({ length }) => length)')
  expect(kept).toBe(0)
  expect(visitor.complaints).toEqual([])
  await context.close()
})
