import type { DisplayStatus, Trouble } from '#contract/display-status.ts';
import type { Link, LinkCause, LinkState } from '#contract/link.ts';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';

/**
 * What the address asks for: `?link=offline&cause=server_away&theme=light&lang=ar&layout=grid&count=200&seen=1&attention=1
 * &big=14&density=compact&perPage=24&textSize=1.3&screen=expo&hold=1&station=oven&trouble=disk_full&setup=needed&loaded=0&zoom=1.2&cancel=1&changed=1&toasts=1&host=lost&volume=0&busy=20`.
 */
export interface Scene {
  setup: DisplayStatus['setup'];
  link: Link;
  settings: Settings;
  count: number;
  /** Items of one large order more; 0: none. */
  big: number;
  loaded: boolean;
  seen: boolean;
  failedCommands: boolean;
  troubles: Trouble[];
  cancel: boolean;
  /** Some orders were changed after they had been seen. */
  changed: boolean;
  toasts: boolean;
  hostLost: boolean;
  /** Changes a second. */
  busy: number;
}

/** What a kitchen like this one would set up; `?station=oven` and `?screen=expo` look at it. */
const STATIONS: Settings['stations'] = [
  { id: 'oven', name: 'Oven', stations: [], names: ['khachapuri', 'lobiani', 'pizza', 'mchadi'] },
  { id: 'grill', name: 'Grill', stations: [], names: ['mtsvadi', 'chakapuli', 'ojakhuri', 'khinkali', 'shkmeruli'] },
];

export function sceneOf(query: string, now: number): Scene {
  const asked = new URLSearchParams(query);
  const state = (asked.get('link') ?? 'live') as LinkState;
  const down = state === 'live' || state === 'unknown' ? 0 : 11 * 60_000;
  return {
    setup: asked.get('setup') === 'needed' ? 'needed' : 'done',
    link: {
      state,
      since: now - down,
      cause: (asked.get('cause') ?? (state === 'offline' ? 'no_network' : null)) as LinkCause | null,
      lastWordAt: state === 'unknown' ? null : now - (state === 'polling' ? 14_000 : down),
    },
    settings: {
      ...DEFAULT_SETTINGS,
      layout: (asked.get('layout') ?? 'columns') as Settings['layout'],
      theme: (asked.get('theme') ?? 'dark') as Settings['theme'],
      language: (asked.get('lang') ?? 'en') as Settings['language'],
      density: (asked.get('density') ?? 'comfortable') as Settings['density'],
      ticketsPerPage: Number(asked.get('perPage') ?? 12),
      textSize: Number(asked.get('textSize') ?? 1),
      stations: STATIONS,
      expoHold: asked.has('hold'),
      zoom: Number(asked.get('zoom') ?? 1),
      volume: Number(asked.get('volume') ?? 0.8),
      toastSeconds: Number(asked.get('toastSeconds') ?? 5),
    },
    big: Number(asked.get('big') ?? 0),
    count: Number(asked.get('count') ?? 21),
    loaded: asked.get('loaded') !== '0',
    seen: asked.has('seen'),
    failedCommands: asked.has('attention'),
    troubles: asked.getAll('trouble') as Trouble[],
    cancel: asked.has('cancel'),
    changed: asked.has('changed'),
    toasts: asked.has('toasts'),
    hostLost: asked.get('host') === 'lost',
    busy: Number(asked.get('busy') ?? 0),
  };
}
