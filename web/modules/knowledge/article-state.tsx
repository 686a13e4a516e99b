import type { ArticleState as ArticleStateWord } from '#api/knowledge'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const looks: Readonly<Record<ArticleStateWord, Standing>> = {
  draft: 'none',
  review: 'runs',
  published: 'met',
  outdated: 'soon',
  retired: 'paused',
}

/** How far an article has got. */
export function ArticleState({ state }: { readonly state: ArticleStateWord }) {
  const t = useText()
  return <State is={looks[state]}>{t(`knowledge.state.${state}`)}</State>
}
