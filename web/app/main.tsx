import '#web/app/before.ts'
import '@fontsource-variable/source-sans-3/wght.css'
import '#web/ui/library.css'
import '#web/ui/tokens.css'
import '#web/ui/ground.css'
import '#web/app/opening.css'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { speakFromNow } from '#web/app/choose-language.ts'
import { keepForOffline } from '#web/app/install.ts'
import { showLastVisit } from '#web/app/last-visit.ts'
import { queryClient } from '#web/app/query-client.ts'
import { loadPage, router } from '#web/app/router.tsx'
import { listenToKeys } from '#web/ui/keys.ts'
import { i18n, preferredLanguage } from '#web/ui/language.ts'
import { cssVariables, schemeManager, theme } from '#web/ui/theme.ts'

/** So long nothing but what `index.html` shows. */
const PATIENCE_MS = 1000

keepForOffline()
const speaking = speakFromNow(preferredLanguage())
// The page that was asked for comes meanwhile: its code at once, and what it shows as soon as it is known who asks.
loadPage(location.pathname)
await showLastVisit()
// Where it fails, the router tries anew once it is drawn, and says so.
const arriving = router.load().catch(() => undefined)
await speaking
// Drawn once, when there is something to draw. What takes longer is waited for in sight.
await Promise.race([arriving, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
listenToKeys()

// `index.html` has it.
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
)
