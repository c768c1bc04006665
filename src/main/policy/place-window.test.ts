import { describe, expect, test } from 'vitest';
import { type Area, placeWindow } from './place-window.ts';

const area = (x: number, y: number, width: number, height: number): Area => ({ x, y, width, height });
const MAIN = area(0, 0, 1920, 1040);
const RIGHT = area(1920, 0, 1280, 1024);
const LEFT = area(-1280, 100, 1280, 900);
const USUAL = { width: 1280, height: 800 };

describe('a window opens', () => {
  test.each<[what: string, was: Area | null, screens: [Area, ...Area[]], now: Area]>([
    ['in the middle at first', null, [MAIN], area(320, 120, 1280, 800)],
    ['in the middle, smaller, on a small screen', null, [area(0, 0, 800, 480)], area(0, 0, 800, 480)],
    ['where it was', area(100, 50, 900, 600), [MAIN], area(100, 50, 900, 600)],
    ['where it was, on the second screen', area(2000, 10, 900, 600), [MAIN, RIGHT], area(2000, 10, 900, 600)],
    ['where it was, left of the first', area(-1200, 120, 900, 600), [MAIN, LEFT], area(-1200, 120, 900, 600)],
    ['where it was, half off the edge', area(1500, 50, 900, 600), [MAIN], area(1500, 50, 900, 600)],
    ['on the main screen when its own is unplugged', area(2000, 10, 900, 600), [MAIN], area(510, 220, 900, 600)],
    ['on the screen that shows most of it', area(1830, 1000, 900, 600), [MAIN, RIGHT], area(2110, 212, 900, 600)],
    ['whole when its title is above every screen', area(100, -400, 900, 600), [MAIN], area(510, 220, 900, 600)],
    ['whole when only a corner is left', area(1850, 50, 900, 600), [MAIN], area(510, 220, 900, 600)],
    ['no larger than its new screen', area(9000, 0, 3840, 2160), [MAIN], area(0, 0, 1920, 1040)],
    ['where it was, if it is narrower than the grip', area(10, 10, 100, 100), [MAIN], area(10, 10, 100, 100)],
  ])('%s', (_, was, screens, now) => {
    expect(placeWindow(was, screens, USUAL)).toEqual(now);
  });
});

describe('when a screen has gone, a window', () => {
  test.each<[what: string, was: Area, now: Area]>([
    ['that was on it is whole on the other one', area(2000, 10, 900, 600), area(510, 220, 900, 600)],
    ['that was partly on it is whole', area(1500, 50, 900, 600), area(510, 220, 900, 600)],
    ['that was not on it stays, also half off the edge', area(-500, 50, 900, 600), area(-500, 50, 900, 600)],
    ['that the system has moved stays', area(10, 10, 900, 600), area(10, 10, 900, 600)],
  ])('%s', (_, was, now) => {
    expect(placeWindow(was, [MAIN], USUAL, [RIGHT])).toEqual(now);
  });
});
