type Language = 'de' | 'en'
type Told = Readonly<Record<Language, string>>

/** One word of the morning on which nobody could sign in; where it stands between report (0) and restoration (1). */
interface SampleUpdate {
  readonly after: number
  readonly audience: 'leaders' | 'customer' | 'users' | 'technicians'
  readonly said: Told
}

/** What belongs to the outage beside its incidents: how it was led, what was told, and what is different since. */
export const sampleMajor = {
  bridge: { de: 'Konferenz „Großstörung“, Durchwahl 4400', en: 'Conference “major incident”, extension 4400' },
  impact: {
    de: 'An keinem Standort konnte sich jemand neu anmelden. Wer angemeldet war, arbeitete weiter; Schichten, die um sechs und um neun begannen, standen.',
    en: 'Nobody could sign in anew at any site. Whoever was signed in worked on; shifts that began at six and at nine stood still.',
  },
  /** What an hour of work is worth, and how much of it was lost: shares in basis points, amounts in cents. */
  reckoning: {
    lossBp: 3000,
    lossToBp: 5000,
    rateMinor: 4200,
    basis: {
      de: 'Annahmen der Werkleitungen: drei bis fünf von zehn Stunden verloren, 42 € die Stunde',
      en: 'Assumed by the site managers: three to five hours of ten lost, 42 an hour',
    },
  },
  updates: [
    {
      after: 0.15,
      audience: 'leaders',
      said: {
        de: 'Seit heute früh kann sich niemand mehr anmelden, an allen Standorten. Großstörung ist erklärt, die Ursache noch offen.',
        en: 'Since this morning nobody can sign in, at all sites. A major incident is declared; the cause is not known yet.',
      },
    },
    {
      after: 0.18,
      audience: 'users',
      said: {
        de: 'Die Anmeldung ist gestört. Bitte melden Sie sich nicht ab, wenn Sie angemeldet sind. Wir schreiben wieder in einer Stunde.',
        en: 'Sign-in is out of order. If you are signed in, please do not sign out. We write again within the hour.',
      },
    },
    {
      after: 0.5,
      audience: 'users',
      said: {
        de: 'Die Ursache ist gefunden: Ein Zertifikat ist abgelaufen. Es wird erneuert; mit der Anmeldung rechnen wir noch am Vormittag.',
        en: 'The cause is found: a certificate has expired. It is being renewed; we expect sign-in back this morning.',
      },
    },
    {
      after: 0.52,
      audience: 'leaders',
      said: {
        de: 'Ursache ist ein abgelaufenes Zertifikat zwischen den Anmeldeservern. Erneuerung läuft, Risiko gering.',
        en: 'The cause is an expired certificate between the sign-in servers. It is being renewed, at low risk.',
      },
    },
    {
      after: 1.02,
      audience: 'users',
      said: {
        de: 'Die Anmeldung geht wieder. Falls es noch hakt, starten Sie bitte einmal neu.',
        en: 'Sign-in works again. If it still fails, please restart once.',
      },
    },
    {
      after: 1.03,
      audience: 'leaders',
      said: {
        de: 'Die Anmeldung ist an allen Standorten wiederhergestellt und wird beobachtet.',
        en: 'Sign-in is restored at all sites and is being watched.',
      },
    },
  ] as const satisfies readonly SampleUpdate[],
  suspected: {
    said: {
      de: 'Die letzte Änderung am Netz hat die Anmeldeserver getrennt.',
      en: 'The last network change cut off the sign-in servers.',
    },
    after: 0.22,
    standing: 'refuted',
    shown: {
      de: 'Die Server erreichen sich; die Änderung betraf andere Netze.',
      en: 'The servers reach each other; the change was in other networks.',
    },
    shownAfter: 0.33,
  },
  found: {
    said: {
      de: 'Das Zertifikat zwischen den Anmeldeservern ist abgelaufen.',
      en: 'The certificate between the sign-in servers has expired.',
    },
    after: 0.36,
    standing: 'stands',
    shown: {
      de: 'Gültig bis heute, 06:00; im Protokoll stehen seither abgelehnte Verbindungen.',
      en: 'Valid until 06:00 today; the log has refused connections since.',
    },
    shownAfter: 0.44,
  },
  decision: {
    said: {
      de: 'Zertifikat sofort erneuern, ohne das Änderungsfenster am Abend abzuwarten.',
      en: 'Renew the certificate at once instead of waiting for tonight’s change window.',
    },
    after: 0.47,
  },
  mitigated: {
    after: 0.72,
    note: {
      de: 'Erster Anmeldeserver mit neuem Zertifikat wieder am Netz.',
      en: 'First sign-in server back with the new certificate.',
    },
  },
  restored: {
    de: 'Alle Anmeldeserver neu gestartet, Anmeldung an allen Standorten geprüft.',
    en: 'All sign-in servers restarted, sign-in checked at all sites.',
  },
  /** When it was looked at again after the report. */
  followUps: [
    {
      day: 30,
      verified: false,
      said: {
        de: 'Die Zertifikate stehen in der Überwachung, die erste Warnung kam rechtzeitig. Die Erneuerung läuft noch von Hand.',
        en: 'The certificates are watched, the first warning came in time. They are still renewed by hand.',
      },
    },
    {
      day: 60,
      verified: true,
      said: {
        de: 'Zwei Zertifikate haben sich seitdem von selbst erneuert, niemand musste eingreifen.',
        en: 'Two certificates have renewed themselves since, nobody had to step in.',
      },
    },
  ],
  actions: [
    {
      kind: 'detective',
      what: {
        de: 'Ablauf aller Zertifikate überwachen, mit Warnung 60, 30 und 7 Tage vorher',
        en: 'Watch when certificates expire, with warnings 60, 30 and 7 days before',
      },
      check: { de: 'Warnung kam für ein Testzertifikat an', en: 'The warning came for a test certificate' },
      dueDays: 14,
      doneDays: 11,
    },
    {
      kind: 'preventive',
      what: {
        de: 'Zertifikate zwischen Servern von selbst erneuern lassen',
        en: 'Have certificates between servers renewed by themselves',
      },
      check: { de: 'Zwei Erneuerungen ohne Eingriff', en: 'Two renewals without anybody’s hand' },
      dueDays: 60,
      doneDays: 58,
    },
    {
      kind: 'process',
      what: {
        de: 'Im Betriebshandbuch: wer bei einem Ausfall der Anmeldung ohne Änderungsfenster handeln darf',
        en: 'In the manual: who may act without a change window when sign-in is down',
      },
      check: { de: 'Von der Bereitschaft gelesen und geübt', en: 'Read and practised by those on call' },
      dueDays: 30,
      doneDays: 26,
    },
  ],
  texts: {
    summary: {
      de: 'Ein Zertifikat zwischen den Anmeldeservern lief ab, ohne dass es jemandem auffiel. Bis es erneuert war, konnte sich niemand neu anmelden.',
      en: 'A certificate between the sign-in servers expired unnoticed. Until it was renewed, nobody could sign in anew.',
    },
    cause: {
      de: 'Das Zertifikat war von Hand eingetragen und in keiner Überwachung. Die Person, die den Termin kannte, arbeitet in einem anderen Team.',
      en: 'The certificate was entered by hand and watched by nothing. The person who knew its date works in another team.',
    },
    luck: {
      de: 'Bestehende Anmeldungen galten weiter; an einem Montag zum Monatswechsel hätte es mehr Menschen getroffen.',
      en: 'Sign-ins that were there went on; on a Monday at the turn of the month it would have met more people.',
    },
    residual: {
      de: 'Zwei ältere Systeme können Zertifikate nicht von selbst erneuern. Sie stehen in der Überwachung.',
      en: 'Two older systems cannot renew certificates by themselves. They are watched.',
    },
  },
} as const
