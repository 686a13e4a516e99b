import { expect, test } from 'vitest'
import { gathering } from './gathering.ts'

/** Work that goes on when told to, and what it was given each time. */
function slowWork() {
  const turns: string[][] = []
  const open: (() => void)[] = []
  const work = async (asked: readonly string[]) => {
    turns.push([...asked])
    await new Promise<void>((resolve) => open.push(resolve))
    if (asked.includes('bad')) throw new Error('bad')
    return asked.map((each) => `${each}!`)
  }
  const goOn = async () => {
    while (open.length > 0) {
      for (const each of open.splice(0)) each()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { work, turns, goOn }
}

test('who asks first waits for nobody; who comes meanwhile is done together, of each lane apart', async () => {
  const { work, turns, goOn } = slowWork()
  const { ask } = gathering(work, () => false)
  const asked = ['a', 'b', 'c', 'd', 'e'].map((each) => ask('one', each))
  const other = ask('other', 'x')
  expect(turns).toEqual([['a'], ['b'], ['x']])
  await goOn()
  expect(turns.slice(3)).toEqual([['c', 'd'], ['e']])
  expect(await Promise.all([...asked, other])).toEqual(['a!', 'b!', 'c!', 'd!', 'e!', 'x!'])
})

test.each([
  ['each is tried alone where nothing stayed', true, ['fulfilled', 'fulfilled', 'rejected', 'fulfilled']],
  ['none is tried again where something may have stayed', false, ['fulfilled', 'fulfilled', 'rejected', 'rejected']],
])('when what is done together fails, %s', async (_, undone, outcome) => {
  const { work, goOn } = slowWork()
  const { ask } = gathering(work, () => undone)
  const asked = Promise.allSettled(['a', 'b', 'bad', 'd'].map((each) => ask('one', each)))
  await goOn()
  expect((await asked).map(({ status }) => status)).toEqual(outcome)
})
