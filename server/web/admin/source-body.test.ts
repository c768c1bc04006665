import { expect, test } from 'vitest';
import { bodyOf, draftOf } from './source-body.ts';

const WOO = { url: 'https://shop.example', baseUrl: 'http://proxy', pollSeconds: 30, metaKeys: { dueAt: 'when' } };

test('a form shows the settings that it knows, and no secret', () => {
  expect(draftOf('woocommerce', WOO)).toEqual({
    'settings.url': 'https://shop.example',
    'secret.consumerKey': '',
    'secret.consumerSecret': '',
    'secret.webhookSecret': '',
    'settings.pollSeconds': '30',
    'settings.metaKeys.dueAt': 'when',
    'settings.metaKeys.table': '',
  });
  expect(draftOf('print', { port: 9100, layout: { base: 'columns' } })['settings.layout']).toBe('');
  expect(draftOf('square')['settings.environment']).toBe('production');
});

test('settings that the form does not ask for stay as they are, and secrets that are not typed are not sent', () => {
  expect(bodyOf('woocommerce', draftOf('woocommerce', WOO), WOO)).toEqual({ settings: WOO });
});

test('what is typed is sent as the kind wants it, numbers as numbers', () => {
  const draft = {
    'settings.url': ' https://a.example ',
    'secret.consumerKey': 'ck_1',
    'settings.metaKeys.table': 'seat',
  };
  expect(bodyOf('woocommerce', { ...draft, 'settings.pollSeconds': '60' })).toEqual({
    settings: { url: 'https://a.example', pollSeconds: 60, metaKeys: { table: 'seat' } },
    secret: { consumerKey: 'ck_1' },
  });
});

test('a setting that is emptied is removed, with the object around it', () => {
  const draft = { ...draftOf('woocommerce', WOO), 'settings.pollSeconds': '', 'settings.metaKeys.dueAt': '' };
  expect(bodyOf('woocommerce', draft, WOO)).toEqual({ settings: { url: WOO.url, baseUrl: WOO.baseUrl } });
});

test('rules for what a till prints are kept while its port is changed', () => {
  const before = { port: 9100, layout: { base: 'generic', item: '^(\\d+) (.*)$' } };
  const draft = { ...draftOf('print', before), 'settings.port': '9101' };
  expect(bodyOf('print', draft, before)).toEqual({ settings: { ...before, port: 9101 } });
});
