import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'db/**/*.test.ts', 'web/**/*.test.ts'],
          globalSetup: './src/platform/testing.ts',
        },
      },
    ],
  },
})
