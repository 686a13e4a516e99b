import type { Subject } from './subject.ts'

export const access: readonly Subject[] = [
  {
    key: 'locked',
    notBy: ['portal', 'mail', 'chat'],
    category: 'Access',
    weight: 12,
    team: 'access',
    firstContact: 0.88,
    reach: 'person',
    pressing: 0.5,
    once: true,
    en: [
      [
        'Account is locked',
        'After several attempts the account is locked; the password had been changed yesterday.',
        'No work possible without signing in.',
        'Identity checked, account unlocked. The old password was still stored on the phone; removed it together.',
      ],
      [
        'Password expired during leave',
        'The password expired during leave; the page for a new one does not accept the old one.',
        'Neither mail nor time booking can be reached.',
        'Identity checked, one-time password given; new password set during the call.',
      ],
      [
        'Password forgotten',
        'The password is not known any more after three weeks of leave.',
        'The working day cannot begin.',
        'Identity checked by the manager’s call-back, password set anew. Showed how to do it without the desk.',
      ],
    ],
    de: [
      [
        'Konto ist gesperrt',
        'Nach mehreren Versuchen ist das Konto gesperrt, das Passwort war gestern geändert worden.',
        'Ohne Anmeldung ist kein Arbeiten möglich.',
        'Identität geprüft, Konto entsperrt. Auf dem Handy war noch das alte Passwort gespeichert, gemeinsam entfernt.',
      ],
      [
        'Passwort im Urlaub abgelaufen',
        'Das Passwort ist im Urlaub abgelaufen, die Seite für ein neues nimmt das alte nicht an.',
        'Weder Mail noch Zeiterfassung sind erreichbar.',
        'Identität geprüft, Einmalpasswort vergeben; neues Passwort während des Anrufs gesetzt.',
      ],
      [
        'Passwort vergessen',
        'Das Passwort ist nach drei Wochen Urlaub nicht mehr bekannt.',
        'Der Arbeitstag kann nicht beginnen.',
        'Identität durch Rückruf bei der Führungskraft geprüft, Passwort neu gesetzt. Gezeigt, wie das ohne Anruf geht.',
      ],
    ],
  },
  {
    key: 'second-factor',
    notBy: ['portal', 'chat'],
    category: 'Access',
    weight: 7,
    team: 'access',
    firstContact: 0.6,
    reach: 'person',
    pressing: 0.5,
    en: [
      [
        'New phone, codes for signing in do not work',
        'Since the change to a new phone the sign-in codes are missing.',
        'Signing in from home is not possible.',
        'Identity checked, old registration removed, new phone registered during the call.',
      ],
      [
        'Sign-in request never shows on the phone',
        'The request to confirm the sign-in never shows on phone {phone}.',
        'Signing in takes ten attempts.',
        'Notifications were off in the energy-saving mode. Changed; arrives within seconds.',
      ],
    ],
    de: [
      [
        'Neues Handy, Codes für die Anmeldung fehlen',
        'Seit dem Wechsel auf ein neues Handy fehlen die Codes für die Anmeldung.',
        'Von zu Hause ist keine Anmeldung möglich.',
        'Identität geprüft, alte Registrierung entfernt, neues Handy während des Anrufs registriert.',
      ],
      [
        'Bestätigung der Anmeldung erscheint nicht auf dem Handy',
        'Die Anfrage, die Anmeldung zu bestätigen, erscheint nicht auf Handy {phone}.',
        'Die Anmeldung braucht zehn Versuche.',
        'Im Energiesparmodus waren Benachrichtigungen abgeschaltet. Geändert, die Anfrage kommt in Sekunden.',
      ],
    ],
  },
  {
    key: 'missing-rights',
    category: 'Access',
    weight: 7,
    team: 'access',
    firstContact: 0.15,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'Missing rights after change of department',
        'Since the change to {department} the applications of the new department cannot be opened.',
        'The new tasks cannot be started.',
        'The role of {department} was missing. Assigned after approval, old rights removed.',
      ],
      [
        'Rights for {department} reports disappeared',
        'The reports of {department} answer with “access denied” although they opened last week.',
        'The weekly report will be late.',
        'A yearly review had removed the right by mistake. Restored after the owner’s approval.',
      ],
    ],
    de: [
      [
        'Fehlende Rechte nach Abteilungswechsel',
        'Seit dem Wechsel in die Abteilung {department} lassen sich deren Anwendungen nicht öffnen.',
        'Die neuen Aufgaben können nicht begonnen werden.',
        'Die Rolle der Abteilung {department} fehlte. Nach Freigabe zugewiesen, alte Rechte entfernt.',
      ],
      [
        'Rechte für Berichte der Abteilung {department} sind weg',
        'Die Berichte der Abteilung {department} melden „Zugriff verweigert“, letzte Woche gingen sie noch auf.',
        'Der Wochenbericht verspätet sich.',
        'Bei einer jährlichen Überprüfung war das Recht versehentlich entzogen worden. Nach Freigabe wiederhergestellt.',
      ],
    ],
  },
  {
    key: 'new-starter',
    category: 'Access',
    weight: 4,
    team: 'access',
    firstContact: 0.1,
    reach: 'person',
    pressing: 0.55,
    en: [
      [
        'New starter in {department} has no account',
        'A new colleague in {department} has started and has neither account nor mailbox.',
        'The first days pass without any system.',
        'The order had waited for an approval. Account, mailbox and standard rights are set up.',
        'The personnel record had a wrong start date. Corrected; the account was created automatically.',
      ],
    ],
    de: [
      [
        'Neue Kraft in der Abteilung {department} hat kein Konto',
        'In der Abteilung {department} hat jemand angefangen und weder Konto noch Postfach.',
        'Die ersten Tage vergehen ohne jedes System.',
        'Der Auftrag hatte auf eine Freigabe gewartet. Konto, Postfach und Standardrechte sind eingerichtet.',
        'Im Personalsatz stand ein falsches Eintrittsdatum. Korrigiert, das Konto wurde automatisch angelegt.',
      ],
    ],
  },
  {
    key: 'single-sign-on',
    category: 'Access',
    weight: 4,
    team: 'access',
    firstContact: 0.25,
    reach: 'group',
    pressing: 0.35,
    en: [
      [
        'Sign-in page loops back to the start',
        'After signing in to the intranet the page returns to the sign-in, again and again.',
        'Several people in {department} see the same.',
        'A certificate for signing in had been renewed on one side only. Exchanged on the other, works everywhere.',
        'Old cookies after the change of address. Deleted; sent the steps to the team.',
      ],
    ],
    de: [
      [
        'Anmeldeseite springt immer wieder an den Anfang',
        'Nach der Anmeldung am Intranet kehrt die Seite immer wieder zur Anmeldung zurück.',
        'In der Abteilung {department} geht es mehreren so.',
        'Ein Zertifikat für die Anmeldung war nur auf einer Seite erneuert worden. Auf der anderen nachgezogen, klappt überall.',
        'Alte Cookies nach dem Wechsel der Adresse. Gelöscht, Anleitung ans Team geschickt.',
      ],
    ],
  },
  {
    key: 'badge-terminal',
    category: 'Access',
    weight: 2.5,
    team: 'field',
    firstContact: 0.1,
    reach: 'group',
    pressing: 0.45,
    sites: ['factory', 'warehouse', 'lab'],
    en: [
      [
        'Badge does not open the sign-in at the terminal',
        'The terminal in area {hall} does not accept badges any more, only number and password.',
        'At shift change a queue builds up in front of it.',
        'The reader’s driver had been replaced by an update. Restored the right one.',
      ],
    ],
    de: [
      [
        'Terminal nimmt keine Ausweise an',
        'Das Terminal in Bereich {hall} nimmt keine Ausweise mehr an, nur noch Nummer und Passwort.',
        'Beim Schichtwechsel bildet sich davor eine Schlange.',
        'Ein Update hatte den Treiber des Lesers ersetzt. Den richtigen wiederhergestellt.',
      ],
    ],
  },
  {
    key: 'odd-sign-in',
    category: 'Security',
    weight: 1.5,
    team: 'access',
    firstContact: 0.2,
    reach: 'person',
    pressing: 0.7,
    once: true,
    monitored: 0.5,
    alert: {
      en: [
        'Sign-in from two countries within an hour',
        'The same account signed in from two countries within {minutes} minutes.',
        'The account may be in strange hands.',
        'The second sign-in went through a provider of mobile data abroad; confirmed by the person. No misuse.',
        'Sessions ended, password changed, sign-in codes registered anew. No data was read.',
      ],
      de: [
        'Anmeldung aus zwei Ländern binnen einer Stunde',
        'Dasselbe Konto hat sich innerhalb von {minutes} Minuten aus zwei Ländern angemeldet.',
        'Das Konto könnte in fremden Händen sein.',
        'Die zweite Anmeldung lief über einen Mobilfunkanbieter im Ausland und wurde bestätigt. Kein Missbrauch.',
        'Sitzungen beendet, Passwort geändert, Anmeldecodes neu registriert. Es wurden keine Daten gelesen.',
      ],
    },
    en: [
      [
        'Notice of a sign-in that nobody made',
        'A notice came of a sign-in at night from an unknown device.',
        'The password was changed at once.',
        'It was the private tablet with the old password. Removed it from the account.',
      ],
    ],
    de: [
      [
        'Hinweis auf eine fremde Anmeldung',
        'Es kam ein Hinweis auf eine nächtliche Anmeldung von einem unbekannten Gerät.',
        'Das Passwort wurde sofort geändert.',
        'Es war das private Tablet mit dem alten Passwort. Aus dem Konto entfernt.',
      ],
    ],
  },
]
