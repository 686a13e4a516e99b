/** Made by `vite.config.ts` from the catalogues: a loader for each language and part. */
declare module 'virtual:texts' {
  import type { Messages } from '@lingui/core'

  export const loaders: Readonly<Record<string, Readonly<Record<string, () => Promise<{ readonly default: Messages }>>>>>
}
