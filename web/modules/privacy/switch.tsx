import { useMutation } from '@tanstack/react-query'
import { useSettings } from '#web/app/settings-query.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

/** Switches one of the rules on or off; for administrators. */
export function Switch({ of }: { readonly of: 'retention' | 'worksCouncil' }) {
  const t = useText()
  const { settings, change } = useSettings()
  const on = settings[of]
  const turn = useMutation({
    mutationFn: () => change({ [of]: !on }),
    onSuccess: () => notify(t('privacy.retention.switched')),
  })
  return (
    <>
      {turn.isError && <Problem failure={turn.error} />}
      <div style={{ margin: '8px 0 12px' }}>
        <Buttons>
          <Button busy={turn.isPending} onClick={() => turn.mutate()}>
            {t(on ? 'privacy.retention.switch-off' : 'privacy.retention.switch-on')}
          </Button>
        </Buttons>
      </div>
    </>
  )
}
