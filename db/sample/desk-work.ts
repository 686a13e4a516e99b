import type { Language } from '#core/text.ts'

interface Words {
  readonly name: string
  readonly text: string
}

interface Steps extends Words {
  readonly visibility: 'internal' | 'public'
  readonly toState: 'on-hold' | 'resolved' | null
  readonly reason?: 'awaiting-requester'
}

/** What a desk writes again and again, in the language of its customer. */
export const sampleTemplates: Readonly<Record<Language, readonly Words[]>> = {
  en: [
    {
      name: 'We look at it',
      text: 'Hello {requester},\n\nthank you for telling us. {team} looks at it now; {number} is its number.\n\n{me}',
    },
    {
      name: 'Still with us',
      text: 'Hello {requester},\n\nwe are still working on “{title}” and write again when there is something new.\n\n{me}',
    },
  ],
  de: [
    {
      name: 'Wir kümmern uns',
      text: 'Guten Tag {requester},\n\ndanke für Ihre Meldung. {team} sieht es sich jetzt an; die Nummer ist {number}.\n\n{me}',
    },
    {
      name: 'Noch in Arbeit',
      text: 'Guten Tag {requester},\n\nan „{title}“ arbeiten wir noch und melden uns, sobald es etwas Neues gibt.\n\n{me}',
    },
  ],
}

export const sampleMacros: Readonly<Record<Language, readonly Steps[]>> = {
  en: [
    {
      name: 'Ask for the device’s name',
      text: 'Hello {requester}, which device is it? The name stands on the sticker at its bottom.',
      visibility: 'public',
      toState: 'on-hold',
      reason: 'awaiting-requester',
    },
    { name: 'Solved by a restart', text: 'After a restart it works again.', visibility: 'public', toState: 'resolved' },
  ],
  de: [
    {
      name: 'Nach dem Gerätenamen fragen',
      text: 'Guten Tag {requester}, um welches Gerät geht es? Der Name steht auf dem Aufkleber an der Unterseite.',
      visibility: 'public',
      toState: 'on-hold',
      reason: 'awaiting-requester',
    },
    {
      name: 'Durch Neustart gelöst',
      text: 'Nach einem Neustart geht es wieder.',
      visibility: 'public',
      toState: 'resolved',
    },
  ],
}

export const sampleTasks: Readonly<Record<Language, readonly string[]>> = {
  en: ['Go there with a spare device', 'Ask the maker for the part', 'Call back and try it together'],
  de: ['Mit Ersatzgerät hinfahren', 'Beim Hersteller nach dem Teil fragen', 'Zurückrufen und gemeinsam probieren'],
}

export const sampleChecklist: Readonly<Record<Language, string[]>> = {
  en: ['Spare device prepared', 'Data of the old one saved', 'Old device back in stock'],
  de: ['Ersatzgerät vorbereitet', 'Daten des alten gesichert', 'Altes Gerät zurück im Lager'],
}
