import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/support/server.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
let server: TestServer;
let names: string[];
beforeAll(async () => {
  server = await startServer();
  const { text } = await server.api('GET', '/metrics');
  names = [...text.matchAll(/^# TYPE (ticketrail_\w+)/gm)].map((match) => match[1] ?? '');
});
afterAll(() => server.close());

/** Every metric name in a text; a histogram's parts count as the histogram. */
const namesIn = (text: string): Set<string> =>
  new Set((text.match(/ticketrail_\w+/g) ?? []).map((name) => name.replace(/_(bucket|sum|count)$/, '')));
const expressions = (): string => {
  const { panels, templating } = JSON.parse(readFileSync(join(DOCS, 'grafana/ticketrail.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
    templating: { list: { query: string }[] };
  };
  const queries = templating.list.map(({ query }) => query);
  return [...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)), ...queries].join('\n');
};

it('every metric on the dashboard exists on the server', () => {
  expect([...namesIn(expressions())].filter((name) => !names.includes(name))).toEqual([]);
});

it('every metric of the server is on the dashboard', () => {
  const ours = names.filter((name) => !/^ticketrail_(nodejs|process)_/.test(name));
  expect(ours.filter((name) => !namesIn(expressions()).has(name))).toEqual([]);
});

it('every alert uses existing metrics, and docs/operations.md says what to do at it', () => {
  const alerts = readFileSync(join(DOCS, 'prometheus/alerts.yaml'), 'utf8');
  const operations = readFileSync(join(DOCS, 'operations.md'), 'utf8');
  expect([...namesIn(alerts)].filter((name) => !names.includes(name))).toEqual([]);
  const alertNames = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect(alertNames.length).toBeGreaterThan(0);
  const headings = [...operations.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(alertNames);
});
