import type { Subject } from './subject.ts'

export const telephony: readonly Subject[] = [
  {
    key: 'phone-dead',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    firstContact: 0.2,
    reach: 'person',
    pressing: 0.4,
    restarted: true,
    en: [
      [
        'Desk phone {extension} is dead',
        'The desk phone with extension {extension} has a dark display.',
        'Callers hear the busy tone.',
        'The network socket had been switched off after a move. Activated, the phone registers again.',
        'Replaced the phone and transferred extension {extension}.',
      ],
      [
        'Phone {extension} shows “no service”',
        'Phone {extension} shows “no service”; neither incoming nor outgoing calls work.',
        'Calls are forwarded to the desk next door.',
        'The phone had lost its settings. Loaded them again, tested both ways.',
      ],
    ],
    de: [
      [
        'Tischtelefon {extension} ist tot',
        'Das Tischtelefon mit der Durchwahl {extension} hat ein dunkles Display.',
        'Wer anruft, hört das Besetztzeichen.',
        'Die Netzwerkdose war nach einem Umzug abgeschaltet. Aktiviert, das Telefon meldet sich wieder an.',
        'Telefon getauscht und Durchwahl {extension} übertragen.',
      ],
      [
        'Telefon {extension} zeigt „Kein Dienst“',
        'Telefon {extension} zeigt „Kein Dienst“, weder eingehende noch ausgehende Anrufe funktionieren.',
        'Anrufe sind auf den Platz nebenan umgeleitet.',
        'Das Telefon hatte seine Einstellungen verloren. Neu geladen, in beide Richtungen getestet.',
      ],
    ],
  },
  {
    key: 'call-quality',
    category: 'Network',
    weight: 5,
    team: 'network',
    supplier: 'quersee',
    firstContact: 0.1,
    reach: 'group',
    pressing: 0.4,
    en: [
      [
        'Voices break up in outside calls',
        'In calls with outside numbers the voice breaks up every few seconds; calls within the company are clear.',
        'Customers ask to be called back by mobile phone.',
        'The line provider exchanged a faulty card. Test calls are clean.',
      ],
      [
        'One-way audio on {count} phones',
        'On {count} phones on floor {floor} the other side can be heard, but not the other way round.',
        'The team shares two phones that work.',
        'A firewall rule had been changed for one network only. Corrected, tested on all phones.',
        'Voice traffic had lost its priority on one switch. Corrected and measured for a day.',
      ],
    ],
    de: [
      [
        'Stimme setzt bei externen Gesprächen aus',
        'Bei Gesprächen mit externen Nummern setzt die Stimme alle paar Sekunden aus, interne Gespräche sind einwandfrei.',
        'Kunden bitten um Rückruf mit dem Handy.',
        'Der Anbieter der Leitung hat eine fehlerhafte Karte getauscht. Testanrufe sind sauber.',
      ],
      [
        'Ton nur in eine Richtung an {count} Telefonen',
        'An {count} Telefonen im {floor}. Stock ist die Gegenseite zu hören, aber nicht umgekehrt.',
        'Das Team teilt sich zwei Telefone, die funktionieren.',
        'Eine Firewall-Regel war nur für ein Netz geändert worden. Korrigiert und an allen Telefonen getestet.',
        'Sprachverkehr hatte an einem Switch seinen Vorrang verloren. Korrigiert und einen Tag lang gemessen.',
      ],
    ],
  },
  {
    key: 'forwarding',
    category: 'Software',
    weight: 4,
    team: 'network',
    firstContact: 0.7,
    reach: 'person',
    pressing: 0.2,
    en: [
      [
        'Call forwarding of {extension} cannot be switched off',
        'Extension {extension} still forwards all calls to somebody who has moved to another department.',
        'Calls land with the wrong person.',
        'Forwarding removed in the telephone system, tested with two calls.',
      ],
      [
        'Voicemail of {extension} does not answer',
        'After six rings the call to {extension} ends instead of going to voicemail.',
        'Nobody can leave a message.',
        'Voicemail had been deactivated when the licence changed. Activated again.',
      ],
    ],
    de: [
      [
        'Rufumleitung von {extension} lässt sich nicht abschalten',
        'Durchwahl {extension} leitet weiter alle Anrufe an jemanden um, der die Abteilung gewechselt hat.',
        'Anrufe landen bei der falschen Person.',
        'Umleitung in der Telefonanlage entfernt, mit zwei Anrufen getestet.',
      ],
      [
        'Mailbox von {extension} springt nicht an',
        'Nach sechsmal Klingeln endet der Anruf an {extension}, statt auf die Mailbox zu gehen.',
        'Niemand kann eine Nachricht hinterlassen.',
        'Die Mailbox war beim Lizenzwechsel abgeschaltet worden und ist wieder aktiv.',
      ],
    ],
  },
  {
    key: 'call-queue',
    category: 'Software',
    weight: 3,
    team: 'network',
    firstContact: 0.15,
    reach: 'group',
    pressing: 0.55,
    en: [
      [
        'Phone queue plays the wrong announcement',
        'The queue of {department} plays the announcement for public holidays although it is a normal working day.',
        'Callers hang up before anybody answers.',
        'The holiday schedule had the wrong year. Corrected and checked for the coming months.',
      ],
      [
        'Queue of {department} distributes calls to absent people',
        'The queue of {department} rings at desks where nobody has signed in.',
        '{many} calls were lost in the last two hours.',
        'Removed stale sign-ins from the queue and shortened the time-out.',
      ],
    ],
    de: [
      [
        'Warteschleife spielt die falsche Ansage',
        'Die Warteschleife {department} spielt die Feiertagsansage, obwohl ein normaler Arbeitstag ist.',
        'Wer anruft, legt auf, bevor jemand abnimmt.',
        'Im Feiertagsplan stand das falsche Jahr. Korrigiert und für die nächsten Monate geprüft.',
      ],
      [
        'Warteschleife {department} verteilt Anrufe an Abwesende',
        'Die Warteschleife {department} klingelt an Plätzen, an denen niemand angemeldet ist.',
        'In den letzten zwei Stunden gingen {many} Anrufe verloren.',
        'Veraltete Anmeldungen aus der Warteschleife entfernt und die Zeitspanne verkürzt.',
      ],
    ],
  },
  {
    key: 'softphone',
    category: 'Software',
    weight: 5,
    team: 'workplace',
    firstContact: 0.5,
    reach: 'person',
    pressing: 0.35,
    restarted: true,
    en: [
      [
        'No sound in the softphone',
        'In the softphone on {laptop} neither side hears anything; other programs have sound.',
        'Calls are only possible with the mobile phone.',
        'The wrong sound device was set after an update. Set to the headset.',
      ],
      [
        'Softphone does not ring',
        'The softphone on {laptop} shows missed calls, but it never rings.',
        'Calls are noticed only by chance.',
        'Notifications had been blocked for the program. Allowed, rings again.',
      ],
    ],
    de: [
      [
        'Kein Ton im Softphone',
        'Im Softphone auf {laptop} hört keine Seite etwas, andere Programme haben Ton.',
        'Telefonieren geht nur mit dem Handy.',
        'Nach einem Update war das falsche Audiogerät eingestellt. Auf das Headset umgestellt.',
      ],
      [
        'Softphone klingelt nicht',
        'Das Softphone auf {laptop} zeigt verpasste Anrufe, klingelt aber nie.',
        'Anrufe werden nur zufällig bemerkt.',
        'Benachrichtigungen waren für das Programm gesperrt. Erlaubt, klingelt wieder.',
      ],
    ],
  },
]
