import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { autostartEntry, autostartFile, programFile, setAutostart } from './autostart-file.ts';

test.each([
  ['/opt/Ticketrail/ticketrail', '/opt/Ticketrail/ticketrail'],
  ['/home/a b/Ticketrail 1.AppImage', '/home/a b/Ticketrail 1.AppImage'],
  // A reserved character is escaped inside the quotes, and its backslash is escaped again, as in any string of the file.
  ['/home/a"b', '/home/a\\\\"b'],
  ['/home/$a`b', '/home/\\\\$a\\\\`b'],
  ['/home/a\\b', '/home/a\\\\\\\\b'],
  ['/home/100%', '/home/100%%'],
])('%s', (program, quoted) => {
  expect(autostartEntry(program)).toContain(`\nExec="${quoted}"\n`);
});

test('starts an AppImage by its own file', () => {
  expect(programFile({ APPIMAGE: '/home/a/Ticketrail.AppImage' }, '/tmp/.mount/ticketrail')).toBe(
    '/home/a/Ticketrail.AppImage',
  );
  expect(programFile({}, '/opt/Ticketrail/ticketrail')).toBe('/opt/Ticketrail/ticketrail');
});

test('writes and removes the entry, also twice', () => {
  const file = autostartFile({ XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'config-')) });
  setAutostart(file, null);
  setAutostart(file, '/opt/a');
  setAutostart(file, '/opt/b');
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/b"');
  setAutostart(file, null);
  expect(existsSync(file)).toBe(false);
  expect(autostartFile({ HOME: '/home/a' })).toBe('/home/a/.config/autostart/ticketrail.desktop');
});
