import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Agreement, AgreementVersion, NewAgreementVersion } from '#api/service-levels'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'

interface Keeping {
  /** Keeps what was typed as a draft: the one it was typed in, else a new one. */
  readonly keep: (
    id: string,
    body: NewAgreementVersion,
  ) => Promise<{ readonly agreement: Agreement; readonly version: AgreementVersion }>
  /** What somebody else has written meanwhile, once that was found out. */
  readonly theirs: AgreementVersion | null
  /** What is kept next becomes a version of its own. */
  readonly inAddition: boolean
}

/**
 * Keeps a draft of an agreement over what its form began with. Where somebody else has changed the agreement since, it
 * fails and shows theirs; kept once more, it goes over that one knowingly.
 */
export function useKeeping(began: Agreement | null, draft: AgreementVersion | null): Keeping {
  const [matched, setMatched] = useState(began?.version ?? 0)
  const [draftId, setDraftId] = useState(draft?.id ?? null)
  const [theirs, setTheirs] = useState<AgreementVersion | null>(null)

  async function meet(id: string): Promise<void> {
    const now = await call(api.getAgreement, { params: { id } })
    const same = now.versions.find((version) => version.id === draftId)
    setTheirs(same ?? now.versions[0] ?? null)
    setMatched(now.version)
    // What was put in force meanwhile cannot change: mine becomes a version of its own.
    if (same?.state !== 'draft') setDraftId(null)
  }

  return {
    theirs,
    inAddition: draftId === null,
    async keep(id, body) {
      try {
        const kept =
          draftId === null
            ? await call(api.addAgreementVersion, { params: { id }, body, match: matched })
            : await call(api.changeAgreementVersion, { params: { id, versionId: draftId }, body, match: matched })
        const version = kept.versions.find((each) => each.id === draftId) ?? kept.versions[0]!
        setMatched(kept.version)
        setDraftId(version.id)
        setTheirs(null)
        return { agreement: kept, version }
      } catch (thrown) {
        if (thrown instanceof CallFailure && thrown.status === 412) await meet(id)
        throw thrown
      }
    },
  }
}
