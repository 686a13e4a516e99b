import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

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
          maxWorkers: Math.min(availableParallelism(), 4),
          // A file or two start servers of their own, which takes a while where two cores do everything.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: './e2e/setup.ts',
          // One application and one browser for all journeys, one after the other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
