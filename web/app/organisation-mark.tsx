import { accentRules, logoAddress, useAppearance } from '#web/app/appearance.ts'
import classes from './organisation-mark.module.css'

/** The organisation's logo and name; and its accent, for the whole page. Nothing where nobody said what it is. */
export function OrganisationMark({ name }: { readonly name: string | null }) {
  const appearance = useAppearance()
  return (
    <>
      {appearance?.accent && <style>{accentRules(appearance.accent)}</style>}
      {appearance?.logo && <img className={classes.logo} src={logoAddress(appearance.logo)} alt={name ?? ''} />}
      {name && <span className={classes.name}>{name}</span>}
    </>
  )
}
