import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/organisation'
import { call } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { KeptFile } from '#web/ui/kept-file.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

const slideMasterQuery = queryOptions({
  queryKey: ['slide-master'],
  queryFn: ({ signal }) => call(api.getSlideMaster, {}, signal),
})

/** What slides for customers without a master of their own look like. */
export function Slides() {
  const t = useText()
  const cache = useQueryClient()
  const { data } = useSuspenseQuery(slideMasterQuery)
  const seen = () => cache.invalidateQueries({ queryKey: ['slide-master'] })
  return (
    <Section title={t('settings.slides')} hint={t('settings.slides-hint')}>
      <KeptFile
        kept={data && <p>{t('settings.slides.kept', { name: data.name })}</p>}
        remove={t('settings.slides.remove')}
        onRemove={async () => {
          await call(api.removeSlideMaster, {})
          await seen()
        }}
        drop={t('settings.slides.drop')}
        hint={t('settings.slides.kinds')}
        accept=".pptx,.potx"
        onFile={async (file) => {
          await upload(api.setSlideMaster, { query: { name: file.name } }, file)
          await seen()
          notify(t('settings.slides.taken'))
        }}
      />
    </Section>
  )
}
