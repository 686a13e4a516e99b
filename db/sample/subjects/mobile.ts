import type { Subject } from './subject.ts'

export const mobile: readonly Subject[] = [
  {
    key: 'mail-on-phone',
    category: 'Software',
    weight: 6,
    team: 'workplace',
    firstContact: 0.55,
    reach: 'person',
    pressing: 0.3,
    restarted: true,
    en: [
      [
        'No new mail on the mobile phone',
        'Phone {phone} shows no new mail; on the laptop everything is there.',
        'On the road nothing reaches the person.',
        'Removed and added the mail account; new mail arrives.',
        'The phone had missed a mandatory update and was blocked. Updated, released.',
      ],
      [
        'Calendar on the phone shows wrong times',
        'Appointments on phone {phone} are one hour off.',
        'An appointment was missed because of it.',
        'The phone was fixed to another time zone. Set to automatic.',
      ],
    ],
    de: [
      [
        'Keine neuen Mails auf dem Handy',
        'Handy {phone} zeigt keine neuen Mails, auf dem Notebook ist alles da.',
        'Unterwegs kommt nichts an.',
        'Mailkonto entfernt und neu angelegt, neue Mails kommen an.',
        'Dem Handy fehlte ein Pflicht-Update, daher war es gesperrt. Aktualisiert und freigegeben.',
      ],
      [
        'Kalender auf dem Handy zeigt falsche Zeiten',
        'Termine auf Handy {phone} sind um eine Stunde verschoben.',
        'Deshalb wurde ein Termin verpasst.',
        'Das Handy war auf eine andere Zeitzone festgelegt. Auf automatisch gestellt.',
      ],
    ],
  },
  {
    key: 'lost',
    category: 'Security',
    weight: 2,
    team: 'workplace',
    firstContact: 0.6,
    reach: 'person',
    pressing: 0.75,
    once: true,
    en: [
      [
        'Company phone lost',
        'Phone {phone} was left on a train and cannot be reached.',
        'There is company mail on it.',
        'Phone {phone} locked and wiped from afar, SIM card blocked, replacement ordered.',
        'Phone located and locked; it was handed in at the lost property office.',
      ],
    ],
    de: [
      [
        'Diensthandy verloren',
        'Handy {phone} ist in der Bahn liegen geblieben und nicht erreichbar.',
        'Darauf sind dienstliche Mails.',
        'Handy {phone} aus der Ferne gesperrt und gelöscht, SIM-Karte gesperrt, Ersatz bestellt.',
        'Handy geortet und gesperrt, es wurde im Fundbüro abgegeben.',
      ],
    ],
  },
  {
    key: 'no-data',
    category: 'Network',
    weight: 4,
    team: 'network',
    firstContact: 0.4,
    reach: 'person',
    pressing: 0.4,
    restarted: true,
    en: [
      [
        'No mobile data on phone {phone}',
        'Phone {phone} makes calls, but there is no mobile data.',
        'On the road neither mail nor maps can be reached.',
        'The access point of the provider was missing after an update. Entered, data is back.',
        'Data volume was used up; the tariff has been changed after approval.',
      ],
    ],
    de: [
      [
        'Kein mobiles Internet auf Handy {phone}',
        'Handy {phone} kann telefonieren, hat aber kein mobiles Internet.',
        'Unterwegs sind weder Mails noch Karten erreichbar.',
        'Nach einem Update fehlte der Zugangspunkt des Anbieters. Eingetragen, Daten laufen wieder.',
        'Das Datenvolumen war verbraucht, der Tarif wurde nach Freigabe gewechselt.',
      ],
    ],
  },
  {
    key: 'enrolment',
    category: 'Software',
    weight: 3,
    team: 'workplace',
    firstContact: 0.35,
    reach: 'person',
    pressing: 0.2,
    en: [
      [
        'New phone stops during set-up',
        'The new phone {phone} stops during set-up at “Retrieving configuration”.',
        'The old phone is used meanwhile.',
        'The device had not been registered by the dealer. Registered by its serial number; set-up ran through.',
      ],
    ],
    de: [
      [
        'Neues Handy bleibt bei der Einrichtung stehen',
        'Das neue Handy {phone} bleibt bei „Konfiguration wird abgerufen“ stehen.',
        'So lange wird das alte Handy weiterbenutzt.',
        'Das Gerät war vom Händler nicht registriert. Mit der Seriennummer nachgetragen, die Einrichtung lief durch.',
      ],
    ],
  },
  {
    key: 'display',
    category: 'Hardware',
    weight: 3,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'Display of phone {phone} is broken',
        'The display of phone {phone} has a crack and reacts only in its lower half.',
        'Calls can be taken, but not made.',
        'Display replaced by the workshop.',
        'Exchanged for a device from stock, data moved over.',
      ],
      [
        'Tablet in area {hall} loses its touch',
        'The tablet in area {hall} does not react to touch in the upper third.',
        'Entries are made at the next terminal.',
        'Recalibrated and protective film removed; reacts everywhere.',
        'Spare handed out, the broken one sent in for repair.',
      ],
    ],
    de: [
      [
        'Display von Handy {phone} ist kaputt',
        'Das Display von Handy {phone} hat einen Sprung und reagiert nur in der unteren Hälfte.',
        'Anrufe lassen sich annehmen, aber nicht starten.',
        'Display in der Werkstatt getauscht.',
        'Gegen ein Gerät aus dem Bestand getauscht, Daten übertragen.',
      ],
      [
        'Tablet in Bereich {hall} reagiert nicht auf Berührung',
        'Das Tablet in Bereich {hall} reagiert im oberen Drittel nicht auf Berührung.',
        'Eingaben werden am nächsten Terminal gemacht.',
        'Neu kalibriert und Schutzfolie entfernt, reagiert überall.',
        'Ersatzgerät ausgegeben, das defekte ist zur Reparatur.',
      ],
    ],
  },
]
