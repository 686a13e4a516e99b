import type { Subject } from './subject.ts'

export const warehouse: readonly Subject[] = [
  {
    key: 'pick-list',
    category: 'Software',
    weight: 5,
    team: 'logistics-apps',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.55,
    sites: ['warehouse'],
    en: [
      [
        'Pick list for gate {gate} stays empty',
        'The pick list for gate {gate} stays empty although {many} orders are released.',
        'A truck waits at the gate.',
        'A wave had been released without a zone. Assigned; lists show.',
        'The orders were blocked by a missing article master record. Completed.',
      ],
      [
        'Forklift terminal freezes on the pick list',
        'The terminal on forklift {some} freezes as soon as the pick list is opened.',
        'The driver works from paper.',
        'Memory of the terminal was full of logs. Cleared; a weekly clean-up is set.',
      ],
    ],
    de: [
      [
        'Pickliste für Tor {gate} bleibt leer',
        'Die Pickliste für Tor {gate} bleibt leer, obwohl {many} Aufträge freigegeben sind.',
        'Am Tor wartet ein Lkw.',
        'Eine Welle war ohne Zone freigegeben. Zugeordnet, die Listen erscheinen.',
        'Die Aufträge waren durch einen fehlenden Artikelstamm blockiert. Ergänzt.',
      ],
      [
        'Staplerterminal friert bei der Pickliste ein',
        'Das Terminal auf Stapler {some} friert ein, sobald die Pickliste geöffnet wird.',
        'Gefahren wird nach Papier.',
        'Der Speicher des Terminals war voller Protokolle. Geleert, es wird jetzt wöchentlich aufgeräumt.',
      ],
    ],
  },
  {
    key: 'wms-slow',
    sites: ['warehouse'],
    category: 'Software',
    weight: 4,
    team: 'logistics-apps',
    firstContact: 0.08,
    reach: 'group',
    pressing: 0.5,
    en: [
      [
        'Warehouse system is slow at shift start',
        'Between six and seven each booking in the warehouse system takes {count} to {many} seconds.',
        'The first trucks leave late.',
        'A nightly report ran into the morning. Moved to two o’clock; bookings take under a second.',
        'Rebuilt an index that had grown with the stock movements of the year.',
      ],
    ],
    de: [
      [
        'Lagersystem ist zum Schichtbeginn langsam',
        'Zwischen sechs und sieben dauert jede Buchung im Lagersystem {count} bis {many} Sekunden.',
        'Die ersten Lkw fahren verspätet ab.',
        'Ein nächtlicher Bericht lief bis in den Morgen. Auf zwei Uhr verlegt, Buchungen dauern unter einer Sekunde.',
        'Einen Index neu aufgebaut, der mit den Lagerbewegungen des Jahres gewachsen war.',
      ],
    ],
  },
  {
    key: 'wrong-stock',
    once: true,
    category: 'Data',
    weight: 4,
    team: 'logistics-apps',
    firstContact: 0.15,
    reach: 'person',
    pressing: 0.3,
    en: [
      [
        'Stock count report counts a pallet twice',
        'The stock count report counts pallet {order} twice.',
        'The difference has to be explained to the customer.',
        'A correction had been booked as an arrival. Reversed; report agrees with the count.',
      ],
      [
        'Pallet {order} cannot be found in the system',
        'Pallet {order} stands in hall {hall}, but the system does not know it.',
        'It cannot be shipped.',
        'The arrival had been cancelled by mistake. Booked again with the original date.',
      ],
    ],
    de: [
      [
        'Inventurbericht zählt eine Palette doppelt',
        'Der Inventurbericht zählt Palette {order} doppelt.',
        'Die Differenz muss dem Kunden erklärt werden.',
        'Eine Korrektur war als Zugang gebucht. Storniert, der Bericht stimmt mit der Zählung überein.',
      ],
      [
        'Palette {order} ist im System nicht zu finden',
        'Palette {order} steht in Halle {hall}, das System kennt sie aber nicht.',
        'Sie kann nicht verladen werden.',
        'Der Wareneingang war versehentlich storniert. Mit dem ursprünglichen Datum neu gebucht.',
      ],
    ],
  },
  {
    key: 'orders-missing',
    category: 'Interface',
    weight: 3,
    team: 'logistics-apps',
    firstContact: 0.02,
    reach: 'group',
    pressing: 0.7,
    monitored: 0.5,
    alert: {
      en: [
        'Order interface: {many} messages not processed',
        'The queue of the order interface has {many} messages, the oldest {minutes} minutes old.',
        'Orders do not reach the warehouse system.',
        'A message with an unknown unit blocked the queue. Set aside; the rest went through within minutes.',
        'The interface had lost its database connection. Restarted, monitoring of the connection added.',
      ],
      de: [
        'Auftragsschnittstelle: {many} Nachrichten nicht verarbeitet',
        'In der Warteschlange der Auftragsschnittstelle stehen {many} Nachrichten, die älteste ist {minutes} Minuten alt.',
        'Aufträge erreichen das Lagersystem nicht.',
        'Eine Nachricht mit unbekannter Mengeneinheit blockierte die Warteschlange. Beiseitegelegt, der Rest lief in Minuten durch.',
        'Die Schnittstelle hatte ihre Datenbankverbindung verloren. Neu gestartet, die Verbindung wird jetzt überwacht.',
      ],
    },
    en: [
      [
        'Orders of one customer are missing',
        'Since the morning run the orders of one customer are missing in the warehouse system.',
        'The afternoon tour cannot be planned.',
        'The customer had sent a new file format. Adapted the mapping and read the file again.',
      ],
    ],
    de: [
      [
        'Aufträge eines Kunden fehlen',
        'Seit dem Morgenlauf fehlen im Lagersystem die Aufträge eines Kunden.',
        'Die Nachmittagstour lässt sich nicht planen.',
        'Der Kunde hatte ein neues Dateiformat geschickt. Zuordnung angepasst und Datei erneut eingelesen.',
      ],
    ],
  },
]

export const labels: readonly Subject[] = [
  {
    key: 'labels-stop',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0.3,
    reach: 'group',
    pressing: 0.45,
    sites: ['warehouse'],
    en: [
      [
        'Label printer {labelPrinter} stops after {many} labels',
        'Label printer {labelPrinter} stops after about {many} labels with “ribbon error”.',
        'Somebody has to stand beside it.',
        'Ribbon sensor cleaned; printed a full roll without a stop.',
        'Rolled back the driver that came with the last update.',
      ],
      [
        'Label printer {labelPrinter} is offline',
        'Label printer {labelPrinter} in hall {hall} shows as offline.',
        'Labels are fetched from the next hall.',
        'The plug had been used for a cleaning machine. Plugged in again and marked.',
        'Network card of the printer replaced.',
      ],
    ],
    de: [
      [
        'Etikettendrucker {labelPrinter} stoppt nach {many} Etiketten',
        'Etikettendrucker {labelPrinter} stoppt nach etwa {many} Etiketten mit „Farbbandfehler“.',
        'Es muss immer jemand danebenstehen.',
        'Farbbandsensor gereinigt, eine volle Rolle ohne Halt gedruckt.',
        'Treiber zurückgenommen, der mit dem letzten Update gekommen war.',
      ],
      [
        'Etikettendrucker {labelPrinter} ist offline',
        'Etikettendrucker {labelPrinter} in Halle {hall} wird als offline angezeigt.',
        'Etiketten werden aus der Nachbarhalle geholt.',
        'Die Steckdose war für eine Reinigungsmaschine benutzt worden. Wieder eingesteckt und gekennzeichnet.',
        'Netzwerkkarte des Druckers getauscht.',
      ],
    ],
  },
  {
    key: 'label-layout',
    sites: ['warehouse'],
    category: 'Software',
    weight: 4,
    team: 'logistics-apps',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.4,
    en: [
      [
        'Barcode on shipping labels is cut off',
        'On the shipping labels from {labelPrinter} the barcode is cut off at the right.',
        'The carrier refuses the parcels.',
        'The layout for the wider label had been assigned. Corrected; carrier has tested the code.',
        'Print width set again after the change of rollers.',
      ],
      [
        'Labels show the address of the previous order',
        'Now and then {labelPrinter} prints the address of the previous order.',
        'Each label has to be compared by eye.',
        'Two stations used the same print queue. Separated; checked with fifty orders.',
      ],
    ],
    de: [
      [
        'Barcode auf Versandetiketten ist abgeschnitten',
        'Auf den Versandetiketten aus {labelPrinter} ist der Barcode rechts abgeschnitten.',
        'Der Paketdienst nimmt die Pakete nicht an.',
        'Es war das Layout für das breitere Etikett zugeordnet. Korrigiert, der Paketdienst hat den Code geprüft.',
        'Druckbreite nach dem Rollenwechsel neu eingestellt.',
      ],
      [
        'Etiketten zeigen die Adresse des vorigen Auftrags',
        'Ab und zu druckt {labelPrinter} die Adresse des vorigen Auftrags.',
        'Jedes Etikett muss von Hand verglichen werden.',
        'Zwei Plätze nutzten dieselbe Warteschlange. Getrennt und mit fünfzig Aufträgen geprüft.',
      ],
    ],
  },
]
