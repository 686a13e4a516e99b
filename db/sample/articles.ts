type Language = 'de' | 'en'

interface Said {
  readonly title: string
  readonly text: string
}

export interface SampleArticle {
  /** Keys of the customers that have it. */
  readonly customers: readonly string[]
  readonly audience: 'customer' | 'agent'
  readonly knownError: boolean
  readonly state: 'published' | 'outdated' | 'draft'
  /** When it was last changed, in days before today. */
  readonly daysAgo: number
  readonly used: number
  readonly helpful: number
  readonly unhelpful: number
  readonly de: Said
  readonly en: Said
  /** Written in the customer's language, it is there in the other one, too. */
  readonly translated: boolean
}

const plain = { knownError: false, state: 'published', translated: false } as const

const articles: readonly SampleArticle[] = [
  {
    ...plain,
    customers: ['NHL', 'ALF'],
    audience: 'customer',
    daysAgo: 35,
    used: 64,
    helpful: 19,
    unhelpful: 2,
    translated: true,
    de: {
      title: 'Der Scanner verbindet sich nicht',
      text: '## Was zu tun ist\n\n1. Halten Sie die seitliche Taste zehn Sekunden lang gedrückt.\n2. Warten Sie, bis das Zeichen für das Funknetz oben rechts steht.\n3. Melden Sie sich mit Ihrem Ausweis wieder an.\n\nBleibt das Zeichen aus, gehen Sie einige Schritte aus dem Regal heraus und versuchen Sie es noch einmal. Danach melden Sie es uns, mit der Nummer auf der Rückseite.',
    },
    en: {
      title: 'The scanner does not connect',
      text: '## What to do\n\n1. Hold the button at the side for ten seconds.\n2. Wait until the sign of the wireless network stands at the top right.\n3. Sign in with your badge again.\n\nIf the sign does not come, step out of the racks and try once more. Then report it to us, with the number on the back.',
    },
  },
  {
    ...plain,
    customers: ['VIS', 'BWR'],
    audience: 'customer',
    daysAgo: 120,
    used: 31,
    helpful: 12,
    unhelpful: 0,
    de: {
      title: 'Einen Drucker hinzufügen',
      text: '## Was zu tun ist\n\nÖffnen Sie *Drucker und Scanner*, wählen Sie *Gerät hinzufügen* und tippen Sie die Nummer ein, die auf dem Gerät klebt. Farbdrucker stehen dort erst, wenn sie für Sie bestellt wurden: Suchen Sie im Portal nach „Farbdrucker“.',
    },
    en: {
      title: 'Add a printer',
      text: '## What to do\n\nOpen *Printers and scanners*, choose *Add device* and type the number that is on the device. Colour printers are listed only once they were ordered for you: look for “colour printer” in the portal.',
    },
  },
  {
    ...plain,
    customers: ['NHL', 'BWR'],
    audience: 'agent',
    knownError: true,
    daysAgo: 9,
    used: 22,
    helpful: 7,
    unhelpful: 1,
    de: {
      title: 'Etiketten kommen leer aus dem Drucker',
      text: '## Was bekannt ist\n\nNach der Aktualisierung vom Frühjahr verliert der Etikettendrucker sein Papierformat, wenn er länger als acht Stunden stand. Der Hersteller arbeitet daran.\n\n## Was bis dahin hilft\n\nFormat *100 × 150* am Gerät neu wählen und eine Seite drucken; neu zu starten hilft nicht.',
    },
    en: {
      title: 'Labels come out of the printer empty',
      text: '## What is known\n\nSince the update in spring the label printer loses its paper size when it rested for more than eight hours. The maker works on it.\n\n## What helps until then\n\nChoose the size *100 × 150* at the device anew and print a page; a restart does not help.',
    },
  },
  {
    ...plain,
    customers: ['SHQ'],
    audience: 'agent',
    state: 'outdated',
    daysAgo: 410,
    used: 5,
    helpful: 1,
    unhelpful: 3,
    de: {
      title: 'Zugang zum alten Dateiserver',
      text: '## Was der Fall war\n\nDer Dateiserver gab Ordner nur nach einem Antrag auf Papier frei. Seit dem Umzug geschieht das über das Portal.',
    },
    en: {
      title: 'Access to the old file server',
      text: '## What was the case\n\nThe file server gave access to folders on paper alone. Since the move it is asked for in the portal.',
    },
  },
]

/** What is written down for a customer, in its language. */
export function articlesOf(
  key: string,
  language: Language,
): readonly (Omit<SampleArticle, 'customers'> & { readonly language: Language })[] {
  return articles
    .filter(({ customers }) => customers.includes(key))
    .map(({ customers: _customers, ...article }) => ({ ...article, language }))
}
