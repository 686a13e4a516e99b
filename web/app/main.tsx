import '#web/app/before.ts'
import '@fontsource-variable/source-sans-3/wght.css'
import '#web/ui/library.css'
import '#web/ui/tokens.css'
import '#web/ui/ground.css'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { speakFromNow } from '#web/app/choose-language.ts'
import { keepForOffline } from '#web/app/install.ts'
import { queryClient } from '#web/app/query-client.ts'
import { loadPage, router } from '#web/app/router.tsx'
import { listenToKeys } from '#web/ui/keys.ts'
import { i18n, preferredLanguage } from '#web/ui/language.ts'
import { cssVariables, schemeManager, theme } from '#web/ui/theme.ts'

const speaking = speakFromNow(preferredLanguage())
// The code of the page that was asked for comes meanwhile.
loadPage(location.pathname)
await speaking
listenToKeys()
keepForOffline()

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
