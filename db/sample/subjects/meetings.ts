import type { Subject } from './subject.ts'

export const meetings: readonly Subject[] = [
  {
    key: 'join',
    category: 'Software',
    weight: 5,
    team: 'workplace',
    firstContact: 0.6,
    reach: 'person',
    pressing: 0.55,
    restarted: true,
    en: [
      [
        'Cannot join video meetings',
        'Joining a video meeting ends with “Something went wrong”; the browser works.',
        'A meeting with a customer has begun already.',
        'Signed out and in again in the meeting program; joins at once.',
        'The program had not been updated since spring. Updated together.',
      ],
      [
        'Outside guests stay in the waiting room',
        'Guests from outside stay in the waiting room; nobody gets the notice to let them in.',
        'Interviews begin late.',
        'The organiser’s right to admit was missing in the template. Added.',
      ],
    ],
    de: [
      [
        'Teilnahme an Videobesprechungen nicht möglich',
        'Der Beitritt zu einer Videobesprechung endet mit „Etwas ist schiefgelaufen“, im Browser klappt es.',
        'Eine Besprechung mit einem Kunden hat schon begonnen.',
        'Im Besprechungsprogramm ab- und wieder angemeldet, der Beitritt klappt sofort.',
        'Das Programm war seit dem Frühjahr nicht aktualisiert. Gemeinsam nachgeholt.',
      ],
      [
        'Externe Gäste bleiben im Warteraum',
        'Gäste von außen bleiben im Warteraum, niemand bekommt den Hinweis, sie einzulassen.',
        'Vorstellungsgespräche beginnen verspätet.',
        'In der Vorlage fehlte das Recht zum Einlassen. Ergänzt.',
      ],
    ],
  },
  {
    key: 'audio',
    category: 'Hardware',
    weight: 5,
    team: 'workplace',
    firstContact: 0.55,
    reach: 'person',
    pressing: 0.35,
    en: [
      [
        'Others hear an echo in video meetings',
        'In video meetings all others hear themselves as an echo.',
        'One has to stay muted and write in the chat.',
        'Two microphones were active, laptop and webcam. Switched one off.',
      ],
      [
        'Microphone is silent in video meetings',
        'The microphone shows a level in the settings, but nobody hears anything in meetings.',
        'Meetings are attended by phone.',
        'The browser had no permission for the microphone. Granted and tested.',
      ],
    ],
    de: [
      [
        'Andere hören in Videobesprechungen ein Echo',
        'In Videobesprechungen hören sich alle anderen selbst als Echo.',
        'Es bleibt nur, stumm zu schalten und im Chat zu schreiben.',
        'Zwei Mikrofone waren aktiv, Notebook und Webcam. Eines abgeschaltet.',
      ],
      [
        'Mikrofon bleibt in Videobesprechungen stumm',
        'Das Mikrofon schlägt in den Einstellungen aus, in Besprechungen ist aber nichts zu hören.',
        'Teilgenommen wird per Telefon.',
        'Dem Browser fehlte die Erlaubnis für das Mikrofon. Erteilt und getestet.',
      ],
    ],
  },
  {
    key: 'screen-share',
    category: 'Software',
    weight: 4,
    team: 'workplace',
    firstContact: 0.5,
    reach: 'person',
    pressing: 0.3,
    restarted: true,
    en: [
      [
        'Shared screen is black for the others',
        'When sharing the screen, the others see only black.',
        'Training has to be postponed.',
        'Updated the graphics driver of {laptop}; sharing works with two screens.',
        'Sharing of the protected window is not allowed; with another program it works. Explained.',
      ],
    ],
    de: [
      [
        'Geteilter Bildschirm ist bei den anderen schwarz',
        'Beim Teilen des Bildschirms sehen die anderen nur Schwarz.',
        'Eine Schulung muss verschoben werden.',
        'Grafiktreiber von {laptop} aktualisiert, das Teilen klappt mit zwei Bildschirmen.',
        'Das geschützte Fenster darf nicht geteilt werden, mit anderen Programmen klappt es. Erklärt.',
      ],
    ],
  },
  {
    key: 'chat',
    category: 'Software',
    weight: 4,
    team: 'workplace',
    firstContact: 0.4,
    reach: 'person',
    pressing: 0.2,
    restarted: true,
    en: [
      [
        'Chat messages arrive only after a restart',
        'New chat messages show only after the program has been restarted.',
        'Questions stay unanswered for hours.',
        'Deleted the program’s cache; messages arrive at once.',
      ],
      [
        'Team channel of {department} has disappeared',
        'The channel of {department} is missing in the list; others still write there.',
        'Agreements in the channel are missed.',
        'The channel had been hidden. Showed how to bring it back.',
        'The owner had made the channel private. Added as a member.',
      ],
    ],
    de: [
      [
        'Chatnachrichten erscheinen erst nach Neustart',
        'Neue Chatnachrichten erscheinen erst, wenn das Programm neu gestartet wurde.',
        'Fragen bleiben stundenlang unbeantwortet.',
        'Zwischenspeicher des Programms gelöscht, Nachrichten kommen sofort an.',
      ],
      [
        'Teamkanal {department} ist verschwunden',
        'Der Kanal {department} fehlt in der Liste, andere schreiben dort weiter.',
        'Absprachen im Kanal gehen vorbei.',
        'Der Kanal war ausgeblendet. Gezeigt, wie er wieder erscheint.',
        'Der Kanal war auf privat gestellt worden. Als Mitglied aufgenommen.',
      ],
    ],
  },
]
