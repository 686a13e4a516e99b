import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/major-incidents'
import {
  audiences,
  barredFromPublishing,
  type MajorIncidentPage,
  publicAudiences,
  type StatusPage,
  type UpdateAudience,
} from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { statusPagesQuery } from './queries.ts'
import classes from './room.module.css'

/** The addresses at which the customer's people read how it stands, without signing in. */
export function StatusPages({ major: { customer } }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const client = useQueryClient()
  const may = barredFromPublishing(useAsker()) === null
  const query = statusPagesQuery(customer.id)
  const { data } = useQuery({ ...query, enabled: may })
  const [made, setMade] = useState<Made | null>(null)
  const [revoking, setRevoking] = useState<StatusPage | null>(null)
  if (!may || data === undefined) return null
  const again = () => client.invalidateQueries({ queryKey: query.queryKey })
  async function make(audience: StatusPage['audience']) {
    const { path } = await call(api.makeStatusPage, { body: { customer: customer.id, audience } })
    await again()
    setMade({ address: new URL(path, location.origin).href, audience })
  }
  async function revoke({ id }: StatusPage) {
    await call(api.revokeStatusPage, { params: { id } })
    await again()
    setRevoking(null)
    notify(t('major-incidents.status.revoked'))
  }
  return (
    <SideSection title={t('major-incidents.status')}>
      <ul className={`${classes.log} pl-small`}>
        {[...publicAudiences, ...audiences.filter((each) => !isPublic(each))].map((audience) => {
          const there = data.find((each) => each.audience === audience)
          return (
            <li key={audience}>
              <span>{t(`major-incidents.audience.${audience}`)}</span>
              {there === undefined ? (
                <TextButton onClick={() => void make(audience)}>{t('major-incidents.status.make')}</TextButton>
              ) : (
                <TextButton onClick={() => setRevoking(there)}>{t('major-incidents.status.revoke')}</TextButton>
              )}
            </li>
          )
        })}
      </ul>
      {made !== null && <MadeDialog made={made} onClose={() => setMade(null)} />}
      {revoking !== null && (
        <Dialog title={t('major-incidents.status.revoke-title')} onClose={() => setRevoking(null)}>
          <p>{t('major-incidents.status.revoke-more', { customer: customer.name })}</p>
          <Buttons>
            <Button main onClick={() => void revoke(revoking)}>
              {t('major-incidents.status.revoke-do')}
            </Button>
            <Button onClick={() => setRevoking(null)}>{t('major-incidents.not-now')}</Button>
          </Buttons>
        </Dialog>
      )}
    </SideSection>
  )
}

interface Made {
  readonly address: string
  readonly audience: UpdateAudience
}

function isPublic(audience: UpdateAudience): boolean {
  return publicAudiences.some((each) => each === audience)
}

/** The address, which is shown this once. */
function MadeDialog({ made: { address, audience }, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const t = useText()
  async function copy() {
    await navigator.clipboard.writeText(address)
    notify(t('major-incidents.status.copied'))
  }
  return (
    <Dialog title={t('major-incidents.status.made')} onClose={onClose} width={560}>
      <TextField
        field={{ name: 'address', value: address, error: undefined, onChange: () => undefined }}
        label={t('major-incidents.status.address')}
        hint={t(isPublic(audience) ? 'major-incidents.status.once' : 'major-incidents.status.once-inside')}
        readOnly
      />
      <Buttons>
        <Button main onClick={() => void copy()}>
          {t('major-incidents.status.copy')}
        </Button>
        <Button onClick={onClose}>{t('major-incidents.close')}</Button>
      </Buttons>
    </Dialog>
  )
}
