import { ExportDiagnosisRow, HistoryRow, TestOrderRow, WaitingRow } from '../diagnosis-rows.tsx';
import type { SettingSection } from '../setting-row.ts';
import { TestSound } from '../sound-rows.tsx';

/** Whether all of it works. */
export const diagnosisSection: SettingSection = {
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
};
