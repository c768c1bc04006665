import { expect, type Page } from '@playwright/test';
import { SOUND_KINDS } from '#contract/setting-names.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import { listenTo } from './support/played-sounds.ts';

const sounds = (change: Partial<typeof DEFAULT_SETTINGS.sounds>) => ({
  sounds: { ...DEFAULT_SETTINGS.sounds, ...change },
});
const soundBanner = (page: Page) => page.getByTestId('strip-sound');
/** Longer than the pause between two rings of the bell. */
const A_WHILE_MS = 3_500;

test.describe('one sound per meaning', () => {
  test('new, changed, cancelled and ready each have their own sound', async ({ shop, openDisplay }) => {
    const screen = await openDisplay({ settings: sounds({ ready: { on: true, volume: 1 } }) });
    const played = await listenTo(screen.page);
    const order = await shop.order();
    await expect.poll(played.kinds).toContain('new');
    await screen.bump(order);
    await screen.expectPending(order, false);
    await shop.patch(order, { note: 'no salt' });
    await expect.poll(played.kinds).toContain('changed');
    await shop.setStatus(order, 'ready');
    await expect.poll(played.kinds).toContain('ready');
    await shop.setStatus(order, 'cancelled', 'Customer asked for it');
    await expect.poll(played.kinds).toContain('cancelled');
    const each = await played.kinds();
    for (const kind of ['changed', 'ready', 'cancelled']) expect(each.filter((one) => one === kind)).toHaveLength(1);
  });

  test('each sound has a button that plays it', async ({ openDisplay }) => {
    const { page } = await openDisplay();
    const played = await listenTo(page);
    await page.getByTestId('settings').click();
    await page.getByRole('dialog').getByRole('searchbox').fill('sound');
    for (const kind of SOUND_KINDS) await page.getByTestId(`test-sound-${kind}`).click();
    await expect.poll(played.kinds).toEqual([...SOUND_KINDS]);
  });
});

test.describe('[A1] the alarm', () => {
  test('rings repeatedly, with the count in the banner, until it is seen', async ({ shop, openDisplay }) => {
    const screen = await openDisplay();
    const played = await listenTo(screen.page);
    await shop.order();
    await shop.order();
    await expect(screen.mark('strip-unseen')).toContainText('2 new orders');
    await expect.poll(async () => (await played.kinds()).length).toBeGreaterThan(2);
    await screen.page.getByRole('button', { name: 'I have seen them' }).click();
    await screen.expectAlarm(false);
    const rung = (await played.kinds()).length;
    await screen.page.waitForTimeout(A_WHILE_MS);
    expect((await played.kinds()).length).toBe(rung);
  });
});

test.describe('the screen says why it is silent', () => {
  test('silenced for a while from the banner of new orders, and ended in the settings', async ({
    host,
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay();
    // The installed app needs no tap before its first sound.
    if (host === 'browser') {
      await expect(soundBanner(screen.page)).toContainText('This screen is silent');
      await screen.page.getByRole('button', { name: 'Turn sound on' }).click();
    }
    await expect(soundBanner(screen.page)).toHaveCount(0);
    const played = await listenTo(screen.page);
    await shop.order();
    await screen.mark('strip-unseen').getByRole('button', { name: 'Silence 10 min' }).click();
    await expect(soundBanner(screen.page)).toContainText('Silenced until');
    await screen.expectAlarm(true);
    await expect(screen.mark('strip-unseen').getByRole('button', { name: 'Silence' })).toHaveCount(0);
    const rung = (await played.kinds()).length;
    await screen.page.waitForTimeout(A_WHILE_MS);
    expect((await played.kinds()).length).toBe(rung);
    await screen.mark('settings').click();
    await screen.page.getByRole('searchbox').fill('ring again');
    await screen.mark('mute').click();
    await expect(screen.mark('mute')).toHaveText('Silence 10 min');
    await expect(soundBanner(screen.page)).toHaveCount(0);
    await expect.poll(async () => (await played.kinds()).length).toBeGreaterThan(rung);
  });

  test('while it is set', async ({ shop, openDisplay }) => {
    const screen = await openDisplay();
    const played = await listenTo(screen.page);
    const { volume, quietHours } = DEFAULT_SETTINGS;
    const loud = { volume, quietHours, ...sounds({}) };
    for (const [setting, words] of [
      [{ volume: 0 }, 'Sound is turned off'],
      [{ quietHours: { from: '00:00', to: '00:00' } }, 'Quiet hours until 00:00'],
      [sounds({ new: { on: false, volume: 1 } }), 'The bell for new orders is turned off'],
    ] as const) {
      await changeSettings(screen.page, { ...loud, ...setting });
      await shop.order();
      await screen.expectAlarm(true);
      await expect(soundBanner(screen.page)).toContainText(words);
      await expectNoViolations(screen.page, '#banners');
    }
    expect(await played.kinds()).toEqual([]);
    await changeSettings(screen.page, loud);
    await expect(soundBanner(screen.page)).toHaveCount(0);
    await expect.poll(played.kinds).toContain('new');
  });
});

test.describe('spoken numbers', () => {
  test('after the bell, in the language of the screen', async ({ shop, openDisplay }) => {
    const screen = await openDisplay({ settings: { speakNumbers: true } });
    await screen.page.addInitScript(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const voice = { lang: 'en-GB', localService: true, name: 'A cook', default: true, voiceURI: '' };
      speechSynthesis.getVoices = () => [voice as SpeechSynthesisVoice];
      speechSynthesis.speak = (words) => void said.push(words.text);
      // The browser does not accept an invented voice.
      Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, configurable: true });
    });
    await listenTo(screen.page);
    await shop.order({ number: 'A-17' });
    const said = () => screen.page.evaluate(() => (window as unknown as { said: string[] }).said);
    await expect.poll(said).toEqual(['Order A-17']);
    await expect(screen.mark('strip-voice')).toHaveCount(0);
  });

  test('without a voice the screen says so, and one tap turns it off', async ({ openDisplay }) => {
    const screen = await openDisplay();
    await screen.page.addInitScript(() => {
      speechSynthesis.getVoices = () => [];
    });
    await screen.page.reload();
    await changeSettings(screen.page, { speakNumbers: true, language: 'en' });
    await expect(screen.mark('strip-voice')).toContainText('no voice for English');
    await screen.page.getByRole('button', { name: 'Do not speak numbers' }).click();
    await expect(screen.mark('strip-voice')).toHaveCount(0);
  });
});

test.describe('vibration', () => {
  const countPulses = () => {
    const pulses: unknown[] = [];
    Object.assign(window, { pulses });
    Navigator.prototype.vibrate = (pattern) => {
      pulses.push(pattern);
      return true;
    };
  };

  test('goes with the bell until the order is seen, and can be turned off', async ({ shop, openDisplay }) => {
    const screen = await openDisplay();
    const { page } = screen;
    await page.addInitScript(countPulses);
    const played = await listenTo(page);
    const pulses = () => page.evaluate(() => (window as unknown as { pulses: number[][] }).pulses);
    await shop.order();
    await expect.poll(async () => (await pulses()).length).toBeGreaterThan(1);
    expect((await pulses()).flat()).not.toEqual([]);
    await page.getByRole('button', { name: 'I have seen it' }).click();
    await screen.expectAlarm(false);
    await expect.poll(async () => (await pulses()).at(-1)).toEqual([]);

    await screen.mark('settings').click();
    await page.getByRole('searchbox').fill('vibrate');
    await page.getByRole('switch', { name: 'Vibrate for a new order' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const before = (await pulses()).length;
    const rung = (await played.kinds()).length;
    await shop.order();
    await expect.poll(async () => (await played.kinds()).length).toBeGreaterThan(rung + 1);
    expect((await pulses()).length).toBe(before);
  });

  test('is not offered where the device cannot', async ({ openDisplay }) => {
    const { page } = await openDisplay();
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'vibrate'));
    await page.reload();
    await page.getByTestId('settings').click();
    await page.getByRole('searchbox').fill('vibrate');
    await expect(page.getByRole('dialog')).toContainText('No setting found.');
  });
});
