import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField } from '#web/ui/field.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeyGroups, useLetterKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './keys-help.module.css'

/** The keys that work on this page now. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const groups = useKeyGroups()
  const [letters, setLetters] = useLetterKeys()
  return (
    <Dialog title={t('app.keys')} onClose={onClose} width={560}>
      <div className={classes.groups}>
        {[...Map.groupBy(groups.toReversed(), ({ title }) => title)].map(([title, same]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={classes.keys}>
              {same
                .flatMap(({ bindings }) => bindings)
                .map(({ keys, label }) => (
                  <div key={keys}>
                    <dt>
                      <Kbd keys={keys} />
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={classes.letters}>
        <CheckField
          label={t('app.keys.letters')}
          hint={t('app.keys.letters-why')}
          field={{ name: 'letters', value: letters, onChange: setLetters, error: undefined }}
        />
      </div>
    </Dialog>
  )
}
