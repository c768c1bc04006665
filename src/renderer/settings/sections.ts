import { SOUND_KINDS } from '#contract/setting-names.ts';
import { FULFILMENTS } from '#contract/status.ts';
import { MUTE_MINUTES } from '../sound/silence-reason.ts';
import { canVibrate } from '../sound/vibration.ts';
import { ChangeServerRow, ConnectionRow } from './connection-row.tsx';
import { DesktopStateRow } from './desktop-state-row.tsx';
import { ExportDiagnosisRow, HistoryRow, TestOrderRow, WaitingRow } from './diagnosis-rows.tsx';
import { FileRow } from './file-row.tsx';
import { EndOfDayRow, KeepAwakeRow, QuietHoursRow } from './hours-rows.tsx';
import { KeysRow } from './keys-row.tsx';
import { LanguageRow } from './language-row.tsx';
import { ModifierColoursRow } from './modifier-colours-row.tsx';
import { PinRow } from './pin-rows.tsx';
import { PrintersRow } from './printers-row.tsx';
import { ReadingRow } from './reading-row.tsx';
import { choice, number, own, type SettingSection, toggle } from './setting-row.ts';
import { MuteRow, soundRow, TestSound } from './sound-rows.tsx';
import { DisplayNameRow, StationChoiceRow, StationsRow } from './stations-rows.tsx';
import { TillRow } from './till-row.tsx';

/** All settings, in the order in which people look for them. */
export const SECTIONS: readonly SettingSection[] = [
  {
    id: 'look',
    rows: [
      choice('theme', ['dark', 'light', 'contrast', 'system']),
      choice('layout', ['grid', 'columns']),
      own('language', ['language'], LanguageRow),
      own('reading', ['screenInches'], ReadingRow, {
        hint: true,
        words: ['settings.reading.distance', 'settings.reading.screen'],
      }),
      number('zoom', { min: 0.6, max: 2, step: 0.1, unit: 'percent' }),
      number('textSize', { min: 0.8, max: 1.6, step: 0.1, unit: 'percent' }),
      choice('density', ['compact', 'comfortable', 'large']),
      choice('currencyDisplay', ['symbol', 'code', 'none']),
      own('keepAwake', ['desktop.keepAwake', 'desktop.keepAwakeHours'], KeepAwakeRow, {
        words: ['settings.keepAwake.cannot'],
      }),
      own('modifierColours', ['modifierColours'], ModifierColoursRow, {
        hint: true,
        words: ['settings.modifierColours.words', 'settings.modifierColours.colour'],
      }),
    ],
  },
  {
    id: 'work',
    rows: [
      choice('bumpBy', ['tap', 'double_tap']),
      number('undoSeconds', { min: 0, max: 30, step: 1, unit: 'second' }),
      toggle('autoAdvance', { hint: true }),
      toggle('promiseOnStart', { hint: true }),
      toggle('combineItems', { hint: true }),
      toggle('allDayModifiers'),
      number('toastSeconds', { min: 1, max: 60, step: 1, unit: 'second' }),
      own('endOfDay', ['endOfDay'], EndOfDayRow, { hint: true }),
    ],
  },
  {
    id: 'stations',
    rows: [
      own('displayName', ['displayName'], DisplayNameRow),
      choice('screen', ['all', 'station', 'expo', 'pass', 'pickup'], { hint: true }),
      own('stationId', ['stationId'], StationChoiceRow),
      toggle('expoHold'),
      own('stations', ['stations'], StationsRow, {
        label: (t) => t('settings.section.stations'),
        words: ['settings.stations.hint', 'settings.station.stations', 'settings.station.names'],
      }),
    ],
  },
  {
    id: 'printers',
    rows: [
      own('printers', ['printers'], PrintersRow, {
        label: (t) => t('settings.section.printers'),
        words: ['settings.printers.hint', 'settings.printer.address'],
      }),
    ],
  },
  {
    id: 'till',
    rows: [
      own('till', ['till'], TillRow, {
        label: (t) => t('settings.section.till'),
        words: ['settings.till.on', 'settings.till.port', 'settings.till.layout', 'setup.token'],
      }),
    ],
  },
  {
    id: 'times',
    rows: FULFILMENTS.flatMap((fulfilment) =>
      (['warningMinutes', 'lateMinutes'] as const).map((band) =>
        number(
          `ages.${fulfilment}.${band}`,
          { min: 0.5, max: 240, step: 0.5, unit: 'minute' },
          { label: (t) => t(`settings.ages.${band}`, { fulfilment: t(`fulfilment.${fulfilment}`) }) },
        ),
      ),
    ),
  },
  {
    id: 'sounds',
    rows: [
      number('volume', { min: 0, max: 1, step: 0.1, unit: 'percent' }),
      own('mute', [], MuteRow, {
        label: (t) => t('sounds.mute', { minutes: MUTE_MINUTES }),
        words: ['sounds.unmute'],
      }),
      ...SOUND_KINDS.map((kind) =>
        own(`sounds.${kind}`, [`sounds.${kind}.on`, `sounds.${kind}.volume`], soundRow(kind)),
      ),
      own('quietHours', ['quietHours'], QuietHoursRow, { hint: true }),
      toggle('speakNumbers'),
      toggle('callNumbers', { hint: true }),
      toggle('vibrate', { hint: true, possible: canVibrate }),
    ],
  },
  {
    id: 'keys',
    rows: [
      choice('keys.profile', ['keyboard', 'bump_bar']),
      choice('keys.digits', ['select', 'bump']),
      toggle('keys.legend'),
      own('keys.changed', ['keys.changed'], KeysRow),
    ],
  },
  {
    id: 'connection',
    rows: [
      own('connection', [], ConnectionRow, { label: (t) => t('settings.link'), words: ['setup.server'] }),
      number('pollSeconds', { min: 5, max: 300, step: 5, unit: 'second' }, { hint: true }),
      own('server', [], ChangeServerRow),
    ],
  },
  {
    id: 'access',
    rows: [
      own('pin', [], PinRow, { hint: true }),
      own('file', [], FileRow, { hint: true, words: ['settings.fileSave', 'settings.fileLoad'] }),
    ],
  },
  {
    id: 'desktop',
    desktopOnly: true,
    rows: [
      own('desktop', [], DesktopStateRow, { label: (t) => t('settings.section.desktop') }),
      toggle('desktop.kiosk', { hint: true }),
      toggle('desktop.closeToTray'),
      toggle('desktop.launchAtLogin'),
      ...(['changed', 'cancelled', 'escalation', 'link'] as const).map((what) => toggle(`desktop.notify.${what}`)),
    ],
  },
  {
    id: 'diagnosis',
    rows: [
      own('testSound', [], TestSound),
      own('testOrder', [], TestOrderRow, { hint: true }),
      own('history', [], HistoryRow, { label: (t) => t('history.title') }),
      own('waiting', [], WaitingRow, { label: (t) => t('waiting.title') }),
      own('exportLog', [], ExportDiagnosisRow, { hint: true }),
    ],
  },
];
