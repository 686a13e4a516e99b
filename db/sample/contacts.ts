interface ContactStory {
  readonly subject: string
  readonly outcome: 'answered' | 'request' | 'abandoned' | 'open'
}

/** What people call about that is no incident, in the language that they speak. */
export const contactStories: Readonly<Record<'en' | 'de', readonly ContactStory[]>> = {
  en: [
    { subject: 'How do I put the printer on my new laptop?', outcome: 'answered' },
    { subject: 'Where do I see my holiday balance?', outcome: 'answered' },
    { subject: 'How long does the delivery of a headset take?', outcome: 'request' },
    { subject: 'Is the network outage of this morning over?', outcome: 'answered' },
    { subject: 'How do I share a calendar with my team?', outcome: 'answered' },
    { subject: 'Hung up before we answered', outcome: 'abandoned' },
    { subject: 'Which number do I call at the weekend?', outcome: 'answered' },
    { subject: 'A second screen for the reception', outcome: 'request' },
    { subject: 'How do I turn off the read receipt?', outcome: 'answered' },
  ],
  de: [
    { subject: 'Wie richte ich den Drucker am neuen Laptop ein?', outcome: 'answered' },
    { subject: 'Wo sehe ich meine Urlaubstage?', outcome: 'answered' },
    { subject: 'Wie lange dauert die Lieferung eines Headsets?', outcome: 'request' },
    { subject: 'Ist der Netzausfall von heute früh behoben?', outcome: 'answered' },
    { subject: 'Wie teile ich einen Kalender mit meinem Team?', outcome: 'answered' },
    { subject: 'Vor dem Abheben aufgelegt', outcome: 'abandoned' },
    { subject: 'Welche Nummer gilt am Wochenende?', outcome: 'answered' },
    { subject: 'Ein zweiter Bildschirm für den Empfang', outcome: 'request' },
    { subject: 'Wie schalte ich die Lesebestätigung ab?', outcome: 'answered' },
  ],
}
