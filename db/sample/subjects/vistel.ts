import type { Subject } from './subject.ts'

export const analysers: readonly Subject[] = [
  {
    key: 'interface-stopped',
    category: 'Interface',
    weight: 4,
    team: 'plant-apps',
    firstContact: 0.05,
    reach: 'group',
    pressing: 0.75,
    monitored: 0.5,
    alert: {
      en: [
        'Analyser {analyser}: interface stopped',
        'The interface of analyser {analyser} has sent nothing for {minutes} minutes; {many} results wait.',
        'Results are not in the laboratory system.',
        'Driver of {analyser} restarted; waiting results transferred and compared.',
        'A result with an unknown unit had blocked the driver. Mapping completed, results transferred.',
      ],
      de: [
        'Analysegerät {analyser}: Schnittstelle steht',
        'Die Schnittstelle von Analysegerät {analyser} hat seit {minutes} Minuten nichts gesendet, {many} Ergebnisse warten.',
        'Ergebnisse stehen nicht im Laborsystem.',
        'Treiber von {analyser} neu gestartet, wartende Ergebnisse übertragen und verglichen.',
        'Ein Ergebnis mit unbekannter Einheit hatte den Treiber blockiert. Zuordnung ergänzt, Ergebnisse übertragen.',
      ],
    },
    en: [
      [
        'No results from analyser {analyser}',
        'Analyser {analyser} measures, but no results arrive in the laboratory system.',
        '{many} samples wait for their results.',
        'The analyser’s network card had dropped to another speed. Fixed speed set; results transferred.',
      ],
    ],
    de: [
      [
        'Keine Ergebnisse von Analysegerät {analyser}',
        'Analysegerät {analyser} misst, im Laborsystem kommen aber keine Ergebnisse an.',
        '{many} Proben warten auf ihr Ergebnis.',
        'Die Netzwerkkarte des Geräts war auf eine andere Geschwindigkeit gefallen. Fest eingestellt, Ergebnisse übertragen.',
      ],
    ],
  },
  {
    key: 'not-all-results',
    category: 'Interface',
    weight: 4,
    team: 'plant-apps',
    firstContact: 0.08,
    reach: 'person',
    pressing: 0.45,
    en: [
      [
        'One parameter of {analyser} is missing in the results',
        'Of analyser {analyser} all parameters but one arrive.',
        'The missing one is copied by hand.',
        'The new reagent has another test code. Code entered; parameter arrives.',
      ],
      [
        'Results of {analyser} arrive twice',
        'Results of analyser {analyser} arrive twice with the same time.',
        'Each result has to be confirmed twice.',
        'Acknowledgements were lost by a firewall time-out. Raised; single results since.',
      ],
    ],
    de: [
      [
        'Ein Parameter von {analyser} fehlt in den Ergebnissen',
        'Von Analysegerät {analyser} kommen alle Parameter bis auf einen an.',
        'Der fehlende wird von Hand übertragen.',
        'Das neue Reagenz hat einen anderen Testcode. Eingetragen, der Parameter kommt an.',
      ],
      [
        'Ergebnisse von {analyser} kommen doppelt an',
        'Ergebnisse von Analysegerät {analyser} kommen doppelt mit gleicher Zeit an.',
        'Jedes Ergebnis muss zweimal bestätigt werden.',
        'Quittungen gingen durch eine Zeitgrenze der Firewall verloren. Erhöht, seither nur noch einfach.',
      ],
    ],
  },
  {
    key: 'cold-chain',
    category: 'Hardware',
    weight: 3,
    team: 'field',
    firstContact: 0.02,
    reach: 'group',
    pressing: 0.5,
    monitored: 0.75,
    sites: ['lab'],
    alert: {
      en: [
        'Fridge sensor in area {hall} sends nothing',
        'The temperature sensor of the fridge in area {hall} has sent nothing for {minutes} minutes.',
        'The temperature is read by hand every half hour.',
        'Battery of the sensor changed; readings complete from its memory.',
        'Sensor had lost the radio contact behind a new rack. Receiver moved.',
      ],
      de: [
        'Kühlschranksensor in Bereich {hall} sendet nicht',
        'Der Temperatursensor des Kühlschranks in Bereich {hall} hat seit {minutes} Minuten nichts gesendet.',
        'Die Temperatur wird jede halbe Stunde von Hand abgelesen.',
        'Batterie des Sensors gewechselt, die Werte sind aus seinem Speicher vollständig.',
        'Der Sensor hatte hinter einem neuen Regal den Funkkontakt verloren. Empfänger versetzt.',
      ],
    },
    en: [
      [
        'Temperature display of the freezer is blank',
        'The temperature display of the freezer in area {hall} is blank; the freezer is cold.',
        'The inspection asks for a complete record.',
        'Display exchanged, record completed from the sensor’s memory.',
      ],
    ],
    de: [
      [
        'Temperaturanzeige am Gefrierschrank ist leer',
        'Die Temperaturanzeige des Gefrierschranks in Bereich {hall} ist leer, er kühlt aber.',
        'Für die Begehung wird eine lückenlose Aufzeichnung gebraucht.',
        'Anzeige getauscht, Aufzeichnung aus dem Speicher des Sensors ergänzt.',
      ],
    ],
  },
]

export const results: readonly Subject[] = [
  {
    key: 'not-delivered',
    category: 'Interface',
    weight: 5,
    team: 'plant-apps',
    firstContact: 0.12,
    reach: 'person',
    pressing: 0.5,
    en: [
      [
        'Practice does not get its results',
        'A practice has got no electronic results since the change of its software.',
        'Results are sent by fax.',
        'The practice’s address in the exchange had changed. Entered; {many} results sent again.',
      ],
      [
        'Report of {order} arrived without its second page',
        'The report of {order} arrived at the practice without its second page.',
        'The practice asks for the rest.',
        'A comment with a special character broke the page. Template corrected, report sent again.',
      ],
    ],
    de: [
      [
        'Praxis bekommt keine Befunde',
        'Eine Praxis bekommt seit dem Wechsel ihrer Software keine elektronischen Befunde.',
        'Befunde gehen ersatzweise per Fax hinaus.',
        'Die Adresse der Praxis im Austausch hatte sich geändert. Eingetragen, {many} Befunde erneut gesendet.',
      ],
      [
        'Befund zu {order} kam ohne zweite Seite an',
        'Der Befund zu {order} kam in der Praxis ohne die zweite Seite an.',
        'Die Praxis fragt nach dem Rest.',
        'Ein Kommentar mit Sonderzeichen brach die Seite ab. Vorlage korrigiert, Befund erneut gesendet.',
      ],
    ],
  },
  {
    key: 'portal',
    category: 'Access',
    weight: 4,
    team: 'access',
    firstContact: 0.5,
    reach: 'person',
    pressing: 0.3,
    en: [
      [
        'Practice cannot sign in to the result portal',
        'A practice gets “account not active” at the result portal.',
        'It asks for results by phone.',
        'Account activated; it had not been used for six months. Practice informed.',
      ],
    ],
    de: [
      [
        'Praxis kann sich am Befundportal nicht anmelden',
        'Eine Praxis bekommt am Befundportal „Konto nicht aktiv“.',
        'Befunde werden telefonisch erfragt.',
        'Konto aktiviert, es war sechs Monate nicht benutzt worden. Praxis informiert.',
      ],
    ],
  },
  {
    key: 'delivery-stopped',
    category: 'Interface',
    weight: 1,
    team: 'plant-apps',
    firstContact: 0,
    reach: 'site',
    pressing: 0.88,
    monitored: 0.6,
    alert: {
      en: [
        'Result delivery stopped, {many}0 reports wait',
        'The delivery of reports has been stopped for {minutes} minutes, {many}0 reports wait.',
        'No practice gets results.',
        'The signature service had not come back after maintenance. Started; all reports went out within the hour.',
      ],
      de: [
        'Befundversand steht, {many}0 Befunde warten',
        'Der Versand von Befunden steht seit {minutes} Minuten, {many}0 Befunde warten.',
        'Keine Praxis bekommt Befunde.',
        'Der Signaturdienst war nach der Wartung nicht hochgekommen. Gestartet, alle Befunde gingen binnen einer Stunde hinaus.',
      ],
    },
    en: [
      [
        'No report leaves the lab',
        'No report has left the lab for {minutes} minutes; several practices have called.',
        'Urgent results are read out on the phone.',
        'A full disk at the sending server. Space made, all reports sent; monitoring now warns earlier.',
      ],
    ],
    de: [
      [
        'Kein Befund verlässt das Labor',
        'Seit {minutes} Minuten hat kein Befund das Labor verlassen, mehrere Praxen haben angerufen.',
        'Eilige Ergebnisse werden am Telefon durchgegeben.',
        'Die Festplatte des Versandservers war voll. Platz geschaffen, alle Befunde versendet; die Überwachung warnt jetzt früher.',
      ],
    ],
  },
]
