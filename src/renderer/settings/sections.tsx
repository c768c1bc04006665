import { SOUND_KINDS } from '#contract/setting-names.ts';
import { FULFILMENTS } from '#contract/status.ts';
import { ChangeServerRow, ConnectionRow } from './connection-row.tsx';
import { DesktopStateRow } from './desktop-state-row.tsx';
import { ExportDiagnosisRow, HistoryRow, TestOrderRow, WaitingRow } from './diagnosis-rows.tsx';
import { DisplayNameRow } from './display-name-row.tsx';
import { EndOfDayRow } from './end-of-day-row.tsx';
import { FileRow } from './file-row.tsx';
import { KeepAwakeRow } from './keep-awake-row.tsx';
import { KeysRow } from './keys-row.tsx';
import { LanguageRow } from './language-row.tsx';
import { PinRow } from './pin-row.tsx';
import { QuietHoursRow } from './quiet-hours-row.tsx';
import type { SettingSection, Words } from './setting-row.ts';
import { soundRow } from './sound-row.tsx';
import { StationChoiceRow } from './station-choice-row.tsx';
import { StationsRow } from './stations-row.tsx';
import { TestSound } from './test-sound.tsx';

/** Every setting there is, in the order of a person who looks for it. */
export const SECTIONS: readonly SettingSection[] = [
  {
    id: 'look',
    rows: [
      {
        kind: 'choice',
        path: 'theme',
        label: (t) => t('settings.theme'),
        options: ['dark', 'light', 'contrast', 'system'],
        word: (t, theme) => t(`settings.theme.${theme as 'dark'}`),
      },
      {
        kind: 'choice',
        path: 'layout',
        label: (t) => t('settings.layout'),
        options: ['columns', 'grid'],
        word: (t, layout) => t(`settings.layout.${layout as 'grid'}`),
      },
      { kind: 'own', id: 'language', paths: ['language'], label: (t) => t('settings.language'), Control: LanguageRow },
      { kind: 'number', path: 'zoom', label: (t) => t('settings.zoom'), min: 0.6, max: 2, step: 0.1, unit: 'percent' },
      {
        kind: 'number',
        path: 'textSize',
        label: (t) => t('settings.textSize'),
        min: 0.8,
        max: 1.6,
        step: 0.1,
        unit: 'percent',
      },
      {
        kind: 'choice',
        path: 'density',
        label: (t) => t('settings.density'),
        options: ['comfortable', 'compact'],
        word: (t, density) => t(`settings.density.${density as 'compact'}`),
      },
      {
        kind: 'number',
        path: 'ticketsPerPage',
        label: (t) => t('settings.ticketsPerPage'),
        hint: 'settings.ticketsPerPage.hint',
        min: 4,
        max: 24,
        step: 1,
        unit: 'count',
      },
      {
        kind: 'choice',
        path: 'currencyDisplay',
        label: (t) => t('settings.currencyDisplay'),
        options: ['symbol', 'code', 'none'],
        word: (t, display) => t(`settings.currencyDisplay.${display as 'code'}`),
      },
    ],
  },
  {
    id: 'work',
    rows: [
      {
        kind: 'choice',
        path: 'bumpBy',
        label: (t) => t('settings.bumpBy'),
        options: ['tap', 'double_tap'],
        word: (t, by) => t(`settings.bumpBy.${by as 'tap'}`),
      },
      {
        kind: 'number',
        path: 'undoSeconds',
        label: (t) => t('settings.undoSeconds'),
        min: 0,
        max: 30,
        step: 1,
        unit: 'second',
      },
      {
        kind: 'switch',
        path: 'autoAdvance',
        label: (t) => t('settings.autoAdvance'),
        hint: 'settings.autoAdvance.hint',
      },
      { kind: 'switch', path: 'allDayModifiers', label: (t) => t('settings.allDayModifiers') },
      {
        kind: 'number',
        path: 'toastSeconds',
        label: (t) => t('settings.toastSeconds'),
        min: 1,
        max: 60,
        step: 1,
        unit: 'second',
      },
      {
        kind: 'own',
        id: 'endOfDay',
        paths: ['endOfDay'],
        label: (t) => t('settings.endOfDay'),
        hint: 'settings.endOfDay.hint',
        Control: EndOfDayRow,
      },
    ],
  },
  {
    id: 'stations',
    rows: [
      {
        kind: 'own',
        id: 'displayName',
        paths: ['displayName'],
        label: (t) => t('settings.displayName'),
        Control: DisplayNameRow,
      },
      {
        kind: 'choice',
        path: 'screen',
        label: (t) => t('settings.screen'),
        options: ['all', 'station', 'expo'],
        word: (t, screen) => t(`settings.screen.${screen as 'all'}`),
      },
      {
        kind: 'own',
        id: 'stationId',
        paths: ['stationId'],
        label: (t) => t('settings.stationId'),
        Control: StationChoiceRow,
      },
      { kind: 'switch', path: 'expoHold', label: (t) => t('settings.expoHold') },
      {
        kind: 'own',
        id: 'stations',
        paths: ['stations'],
        label: (t) => t('settings.stations'),
        hint: 'settings.stations.hint',
        words: ['settings.station.stations', 'settings.station.names'],
        Control: StationsRow,
      },
    ],
  },
  {
    id: 'times',
    rows: FULFILMENTS.flatMap((fulfilment) =>
      (['warningMinutes', 'lateMinutes'] as const).map((band) => ({
        kind: 'number' as const,
        path: `ages.${fulfilment}.${band}` as const,
        label: (t) => t(`settings.ages.${band}`, { fulfilment: t(`fulfilment.${fulfilment}`) }),
        min: 0.5,
        max: 240,
        step: 0.5,
        unit: 'minute' as const,
      })),
    ),
  },
  {
    id: 'sounds',
    rows: [
      {
        kind: 'number',
        path: 'volume',
        label: (t) => t('settings.volume'),
        min: 0,
        max: 1,
        step: 0.1,
        unit: 'percent',
      },
      ...SOUND_KINDS.map((kind) => ({
        kind: 'own' as const,
        id: `sounds.${kind}`,
        paths: [`sounds.${kind}.on`, `sounds.${kind}.volume`],
        label: (t: Words) => t(`settings.sound.${kind}`),
        Control: soundRow(kind),
      })),
      {
        kind: 'own',
        id: 'quietHours',
        paths: ['quietHours'],
        label: (t) => t('settings.quietHours'),
        hint: 'settings.quietHours.hint',
        Control: QuietHoursRow,
      },
      { kind: 'switch', path: 'speakNumbers', label: (t) => t('settings.speakNumbers') },
    ],
  },
  {
    id: 'keys',
    rows: [
      {
        kind: 'choice',
        path: 'keys.profile',
        label: (t) => t('settings.keysProfile'),
        options: ['keyboard', 'bump_bar'],
        word: (t, profile) => t(`settings.keysProfile.${profile as 'keyboard'}`),
      },
      {
        kind: 'choice',
        path: 'keys.digits',
        label: (t) => t('settings.keysDigits'),
        options: ['select', 'bump'],
        word: (t, digits) => t(`settings.keysDigits.${digits as 'select'}`),
      },
      { kind: 'switch', path: 'keys.legend', label: (t) => t('settings.keysLegend') },
      {
        kind: 'own',
        id: 'keys.changed',
        paths: ['keys.changed'],
        label: (t) => t('settings.keysChange'),
        Control: KeysRow,
      },
    ],
  },
  {
    id: 'connection',
    rows: [
      {
        kind: 'own',
        id: 'connection',
        paths: [],
        label: (t) => t('settings.link'),
        words: ['setup.server'],
        Control: ConnectionRow,
      },
      {
        kind: 'number',
        path: 'pollSeconds',
        label: (t) => t('settings.pollSeconds'),
        hint: 'settings.pollSeconds.hint',
        min: 5,
        max: 300,
        step: 5,
        unit: 'second',
      },
      { kind: 'own', id: 'server', paths: [], label: (t) => t('settings.changeServer'), Control: ChangeServerRow },
    ],
  },
  {
    id: 'access',
    rows: [
      {
        kind: 'own',
        id: 'pin',
        paths: [],
        label: (t) => t('settings.pin'),
        hint: 'settings.pin.hint',
        Control: PinRow,
      },
      {
        kind: 'own',
        id: 'file',
        paths: [],
        label: (t) => t('settings.file'),
        hint: 'settings.file.hint',
        words: ['settings.fileSave', 'settings.fileLoad'],
        Control: FileRow,
      },
    ],
  },
  {
    id: 'desktop',
    desktopOnly: true,
    rows: [
      { kind: 'own', id: 'desktop', paths: [], label: (t) => t('settings.section.desktop'), Control: DesktopStateRow },
      { kind: 'switch', path: 'desktop.kiosk', label: (t) => t('settings.kiosk'), hint: 'settings.kiosk.hint' },
      { kind: 'switch', path: 'desktop.closeToTray', label: (t) => t('settings.closeToTray') },
      { kind: 'switch', path: 'desktop.launchAtLogin', label: (t) => t('settings.launchAtLogin') },
      {
        kind: 'own',
        id: 'keepAwake',
        paths: ['desktop.keepAwake', 'desktop.keepAwakeHours'],
        label: (t) => t('settings.keepAwake'),
        Control: KeepAwakeRow,
      },
      ...(['changed', 'cancelled', 'escalation', 'link'] as const).map((what) => ({
        kind: 'switch' as const,
        path: `desktop.notify.${what}` as const,
        label: (t: Words) => t(`settings.notify.${what}`),
      })),
    ],
  },
  {
    id: 'diagnosis',
    rows: [
      { kind: 'own', id: 'testSound', paths: [], label: (t) => t('settings.test'), Control: TestSound },
      {
        kind: 'own',
        id: 'testOrder',
        paths: [],
        label: (t) => t('settings.testOrder'),
        hint: 'settings.testOrder.hint',
        Control: TestOrderRow,
      },
      { kind: 'own', id: 'history', paths: [], label: (t) => t('history.title'), Control: HistoryRow },
      { kind: 'own', id: 'waiting', paths: [], label: (t) => t('waiting.title'), Control: WaitingRow },
      {
        kind: 'own',
        id: 'exportLog',
        paths: [],
        label: (t) => t('settings.exportLog'),
        hint: 'settings.exportLog.hint',
        Control: ExportDiagnosisRow,
      },
    ],
  },
];
