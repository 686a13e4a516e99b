import type { Subject } from './subject.ts'

export const yard: readonly Subject[] = [
  {
    key: 'dock-display',
    category: 'Software',
    weight: 4,
    team: 'logistics-apps',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.35,
    sites: ['warehouse'],
    en: [
      [
        'Dock display {gate} shows yesterday’s plan',
        'The display at gate {gate} shows yesterday’s plan; the office sees today’s.',
        'Drivers go to the wrong gate.',
        'The display’s player had lost the time. Set by network; shows the plan of the day.',
        'Restarted the display service, which had not come up after maintenance.',
      ],
      [
        'Truck display sends drivers to the wrong dock',
        'The display in the yard shows another gate than the plan for {some} trucks.',
        'Two trucks had to be moved.',
        'A manual change had not been released to the display. Rule changed: changes show after a minute.',
      ],
    ],
    de: [
      [
        'Anzeige an Tor {gate} zeigt den Plan von gestern',
        'Die Anzeige an Tor {gate} zeigt den Plan von gestern, im Büro erscheint der heutige.',
        'Fahrer stehen am falschen Tor.',
        'Die Anzeige hatte die Uhrzeit verloren. Über das Netz gestellt, sie zeigt den Tagesplan.',
        'Anzeigedienst neu gestartet, der nach der Wartung nicht hochgekommen war.',
      ],
      [
        'Hofanzeige schickt Fahrer an das falsche Tor',
        'Die Anzeige im Hof zeigt für {some} Lkw ein anderes Tor als der Plan.',
        'Zwei Lkw mussten umgesetzt werden.',
        'Eine Änderung von Hand war nicht an die Anzeige freigegeben. Regel geändert: Änderungen erscheinen nach einer Minute.',
      ],
    ],
  },
  {
    key: 'slots',
    once: true,
    category: 'Software',
    weight: 4,
    team: 'logistics-apps',
    firstContact: 0.25,
    reach: 'person',
    pressing: 0.35,
    en: [
      [
        'Time slot at gate {gate} booked twice',
        'The slot at gate {gate} was given to two hauliers.',
        'One of them waits for {some} hours.',
        'Two bookings in the same second had passed the check. Corrected in the booking system; looked for further doubles.',
      ],
      [
        'Haulier cannot book a time slot',
        'A haulier gets “no slots available” although half the day is free.',
        'Booking is done by phone.',
        'The haulier was assigned to a closed yard. Changed to the right one.',
      ],
    ],
    de: [
      [
        'Zeitfenster an Tor {gate} doppelt vergeben',
        'Das Zeitfenster an Tor {gate} wurde an zwei Speditionen vergeben.',
        'Eine davon wartet {some} Stunden.',
        'Zwei Buchungen in derselben Sekunde waren durch die Prüfung gerutscht. Im Buchungssystem korrigiert und nach weiteren gesucht.',
      ],
      [
        'Spedition kann kein Zeitfenster buchen',
        'Eine Spedition bekommt „Keine Zeitfenster frei“, obwohl der halbe Tag frei ist.',
        'Gebucht wird am Telefon.',
        'Die Spedition war einem geschlossenen Hof zugeordnet. Auf den richtigen geändert.',
      ],
    ],
  },
  {
    key: 'gate-terminal',
    category: 'Hardware',
    weight: 3,
    team: 'field',
    firstContact: 0.15,
    reach: 'group',
    pressing: 0.5,
    restarted: true,
    sites: ['warehouse'],
    en: [
      [
        'Terminal at the main gate does not react',
        'The terminal at the main gate shows the start picture and does not react to touch.',
        'Drivers register at the gatekeeper’s window; there is a queue.',
        'Controller of the touch screen restarted and updated.',
        'Terminal exchanged for the spare, the old one is in repair.',
      ],
    ],
    de: [
      [
        'Terminal an der Einfahrt reagiert nicht',
        'Das Terminal an der Einfahrt zeigt das Startbild und reagiert nicht auf Berührung.',
        'Die Anmeldung läuft am Pförtnerfenster, es staut sich.',
        'Steuerung des Touchscreens neu gestartet und aktualisiert.',
        'Terminal gegen das Ersatzgerät getauscht, das alte ist in Reparatur.',
      ],
    ],
  },
]

export const customs: readonly Subject[] = [
  {
    key: 'rejected',
    once: true,
    category: 'Interface',
    weight: 5,
    team: 'logistics-apps',
    firstContact: 0.1,
    reach: 'person',
    pressing: 0.55,
    en: [
      [
        'Customs message for {order} rejected',
        'The declaration for shipment {order} comes back with code 90{count}.',
        'The container cannot leave the port.',
        'The commodity code had lost a digit in the transfer. Sent again, accepted.',
        'The office of exit was missing. Completed and sent again, accepted.',
      ],
    ],
    de: [
      [
        'Zollmeldung zu {order} abgelehnt',
        'Die Anmeldung zur Sendung {order} kommt mit Code 90{count} zurück.',
        'Der Container darf den Hafen nicht verlassen.',
        'Der Warennummer fehlte nach der Übertragung eine Stelle. Neu gesendet, angenommen.',
        'Die Ausgangszollstelle fehlte. Ergänzt und neu gesendet, angenommen.',
      ],
    ],
  },
  {
    key: 'no-answer',
    category: 'Interface',
    weight: 2,
    team: 'logistics-apps',
    firstContact: 0,
    reach: 'group',
    pressing: 0.65,
    monitored: 0.6,
    alert: {
      en: [
        'Customs gateway: no answers for {minutes} minutes',
        'No answer from the customs gateway for {minutes} minutes, {many} messages are open.',
        'Shipments wait for their release.',
        'The customs office had announced works at its end; all answers arrived afterwards.',
        'Our certificate at the gateway had expired. Renewed; open messages answered.',
      ],
      de: [
        'Zoll-Gateway: seit {minutes} Minuten keine Antworten',
        'Vom Zoll-Gateway kam seit {minutes} Minuten keine Antwort, {many} Meldungen sind offen.',
        'Sendungen warten auf ihre Freigabe.',
        'Beim Zoll liefen angekündigte Arbeiten, danach trafen alle Antworten ein.',
        'Unser Zertifikat am Gateway war abgelaufen. Erneuert, offene Meldungen sind beantwortet.',
      ],
    },
    en: [
      [
        'No release for any shipment',
        'No shipment has been released for {minutes} minutes; declarations show “sent”.',
        '{some} containers wait at the terminal.',
        'The gateway had changed its address. Entered the new one and sent the open declarations again.',
      ],
    ],
    de: [
      [
        'Keine Freigabe für irgendeine Sendung',
        'Seit {minutes} Minuten wurde keine Sendung freigegeben, Anmeldungen stehen auf „Gesendet“.',
        '{some} Container warten am Terminal.',
        'Das Gateway hatte seine Adresse geändert. Neue eingetragen und offene Anmeldungen erneut gesendet.',
      ],
    ],
  },
]

export const canteen: readonly Subject[] = [
  {
    key: 'cards',
    category: 'Hardware',
    weight: 3,
    team: 'field',
    firstContact: 0.1,
    reach: 'person',
    pressing: 0.1,
    en: [
      [
        'Vending machine in hall {hall} takes no cards',
        'The vending machine in hall {hall} accepts coins, but no badge cards.',
        'Annoying in the night shift, nothing worse.',
        'Reader restarted by the operator, cards are accepted.',
      ],
      [
        'Canteen till deducts twice',
        'The canteen till deducted the same lunch twice.',
        'Several people complained at the counter.',
        'The operator corrected {count} bookings; the till has a new version.',
      ],
    ],
    de: [
      [
        'Automat in Halle {hall} nimmt keine Karten',
        'Der Getränkeautomat in Halle {hall} nimmt Münzen, aber keine Ausweiskarten.',
        'In der Nachtschicht ärgerlich, mehr nicht.',
        'Der Betreiber hat den Leser neu gestartet, Karten werden angenommen.',
      ],
      [
        'Kantinenkasse bucht doppelt ab',
        'Die Kantinenkasse hat dasselbe Mittagessen zweimal abgebucht.',
        'An der Theke haben sich mehrere beschwert.',
        'Der Betreiber hat {count} Buchungen korrigiert, die Kasse hat eine neue Version.',
      ],
    ],
  },
]
