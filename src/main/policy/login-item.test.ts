import { describe, expect, test } from 'vitest';
import type { Desktop } from '#contract/desktop.ts';
import { hasLoginItem, loginItemResult } from './login-item.ts';

const windows = (openAtLogin: boolean, executableWillLaunchAtLogin: boolean) => ({
  ...{ openAtLogin, executableWillLaunchAtLogin },
  status: 'not-registered' as const,
});
const mac = (status: 'not-registered' | 'enabled' | 'requires-approval' | 'not-found') => ({
  ...{ status, openAtLogin: status === 'enabled' },
  executableWillLaunchAtLogin: false,
});

describe('an entry for the start at login', () => {
  test.each<[string, NodeJS.Platform, Parameters<typeof hasLoginItem>[1], boolean, Desktop['launchAtLogin']]>([
    ['on Windows', 'win32', windows(true, true), true, 'on'],
    ['switched off in the Task Manager', 'win32', windows(true, false), true, 'failed'],
    ['missing on Windows', 'win32', windows(false, false), false, 'failed'],
    ['of another program file on Windows', 'win32', windows(false, true), false, 'on'],
    ['on macOS', 'darwin', mac('enabled'), true, 'on'],
    ['switched off in the System Settings', 'darwin', mac('requires-approval'), true, 'approval'],
    ['missing on macOS', 'darwin', mac('not-registered'), false, 'failed'],
    ['that macOS refuses', 'darwin', mac('not-found'), false, 'failed'],
  ])('%s', (_, platform, found, has, result) => {
    expect(hasLoginItem(platform, found)).toBe(has);
    expect(loginItemResult(platform, true, found)).toBe(result);
    expect(loginItemResult(platform, false, found)).toBe('off');
  });
});
