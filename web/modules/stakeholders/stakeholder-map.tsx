import { Link } from '@tanstack/react-router'
import type { Stakeholder } from '#api/stakeholders'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './stakeholders.module.css'

const supports = [-2, -1, 0, 1, 2] as const
/** From much influence to little. */
const bands = [
  { key: 'high', from: 4, to: 5 },
  { key: 'middle', from: 3, to: 3 },
  { key: 'low', from: 1, to: 2 },
] as const

/** Influence against support, as a table of names: who can do much and is against us stands at the top left. */
export function StakeholderMap({ items }: { readonly items: readonly Stakeholder[] }) {
  const t = useText()
  return (
    <Section title={t('stakeholders.map')} hint={t('stakeholders.map-hint')}>
      <div className={classes.scroll}>
        <table className={classes.map}>
          <thead>
            <tr>
              <th scope="col">{t('stakeholders.influence')}</th>
              {supports.map((support) => (
                <th key={support} scope="col">
                  {t(`stakeholders.support.${String(support) as '0'}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bands.map(({ key, from, to }) => (
              <tr key={key}>
                <th scope="row">{t(`stakeholders.band.${key}`)}</th>
                {supports.map((support) => (
                  <td key={support}>
                    {items
                      .filter((each) => each.support === support && each.influence >= from && each.influence <= to)
                      .map(({ id, name }) => (
                        <Link key={id} to="/stakeholders/$id" params={{ id }}>
                          {name}
                        </Link>
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
