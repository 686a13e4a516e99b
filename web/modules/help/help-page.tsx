import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Blocks } from '#web/ui/blocks.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { loadChapter } from './guide.ts'
import { chapters } from './topics.ts'
import classes from './help.module.css'

const route = getRouteApi('/shell/help/$chapter')

/** A chapter of the guide. */
export function HelpPage() {
  const t = useText()
  const language = useLanguage()
  const { chapter } = route.useParams()
  const { data: blocks } = useSuspenseQuery({
    queryKey: ['guide', language, chapter],
    queryFn: () => loadChapter(language, chapter),
    staleTime: Infinity,
  })
  return (
    <Page
      title={t(`help.chapter.${chapter}`)}
      side={
        <SideSection title={t('help.chapters')}>
          <ul className={classes.chapters}>
            {chapters.map((each) => (
              <li key={each}>
                <Link to="/help/$chapter" params={{ chapter: each }}>
                  {t(`help.chapter.${each}`)}
                </Link>
              </li>
            ))}
          </ul>
        </SideSection>
      }
    >
      <Blocks blocks={blocks.filter(({ kind }) => kind !== 'title')} />
    </Page>
  )
}
