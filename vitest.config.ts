import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** They leave the sample company as it is, so that they have one together, while the other journeys change theirs. */
const LOOKING = ['e2e/first-hour.e2e.ts', 'e2e/kill.e2e.ts', 'e2e/kit.e2e.ts', 'e2e/screens.e2e.ts']

/** Presses every button there is, which takes longer than everything else together. */
const DIALOGS = 'e2e/dialogs.e2e.ts'

/** One application and one browser for all journeys, one after the other. */
const browser = {
  globalSetup: './e2e/setup.ts',
  fileParallelism: false,
  // More than a journey's waits come to together, so that what fails is the one that waited in vain, and says for what.
  testTimeout: 180_000,
  hookTimeout: 120_000,
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'db/**/*.test.ts', 'web/**/*.test.ts'],
          globalSetup: './src/platform/testing.ts',
          // Threads begin sooner than processes. Files that follow each other in one share its modules, which to load
          // took as long as to test; so a test takes back what it stubs.
          pool: 'threads',
          isolate: false,
          // One more than processors: each waits for its database half of the time.
          maxWorkers: Math.min(availableParallelism() + 1, 4),
          // A file or two start servers of their own, which takes a while where two cores do everything.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'fuzz', include: ['src/**/*.fuzz.ts'], globalSetup: './src/platform/testing.ts' } },
      {
        test: {
          name: 'faults',
          include: ['e2e/faults/*.faults.ts'],
          // Each has servers of its own, and disturbs whoever is beside it.
          fileParallelism: false,
          testTimeout: 20 * 60_000,
          hookTimeout: 10 * 60_000,
        },
      },
      { test: { name: 'e2e', include: ['e2e/**/*.e2e.ts'], exclude: [...LOOKING, DIALOGS], ...browser } },
      { test: { name: 'screens', include: LOOKING, ...browser } },
      { test: { name: 'dialogs', include: [DIALOGS], ...browser } },
    ],
  },
})
