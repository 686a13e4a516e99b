/** What people ask for beyond the usual, by how it stands. */
export const sampleEscalations = [
  {
    is: 'over',
    source: 'customer',
    direction: 'inbound',
    kind: 'hierarchic',
    level: 2,
    reason: {
      de: 'Das zweite Mal in einem Monat dasselbe; die Leitung vor Ort möchte wissen, was dagegen getan wird.',
      en: 'The same thing twice in a month; the manager on site wants to know what is done about it.',
    },
    outcome: {
      de: 'Gerät wird getauscht, Ursache bis Ende der Woche genannt; Rückruf am Freitag.',
      en: 'The device is replaced, the cause named by the end of the week; a call back on Friday.',
    },
    satisfied: 4,
  },
  {
    is: 'planned',
    source: 'customer',
    direction: 'inbound',
    kind: 'functional',
    level: 1,
    reason: {
      de: 'Seit gestern wartet die Abteilung; bitte jemanden, der sich damit auskennt.',
      en: 'The department has been waiting since yesterday; somebody who knows it, please.',
    },
    outcome: {
      de: 'Fachteam sieht es heute vor Ort an.',
      en: 'The expert team looks at it on site today.',
    },
    satisfied: null,
  },
  {
    is: 'raised',
    source: 'internal',
    direction: 'to-supplier',
    kind: 'functional',
    level: 2,
    reason: {
      de: 'Der Hersteller antwortet seit zwei Tagen nicht auf die Rückfrage.',
      en: 'The maker has not answered for two days.',
    },
    outcome: null,
    satisfied: null,
  },
] as const
