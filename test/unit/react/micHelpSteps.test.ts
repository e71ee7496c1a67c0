import { describe, expect, it } from 'vitest';
import { AvatarError, type AvatarErrorReason } from '../../../src/errors/AvatarError.js';
import { detectPlatform, type Platform } from '../../../src/react/devices/detectPlatform.js';
import { micHelpSteps } from '../../../src/react/devices/micHelpSteps.js';
import { micTrouble, type MicTrouble, type PermissionReport } from '../../../src/react/devices/micTrouble.js';
import { defaultLabels } from '../../../src/react/labels/AvatarLabels.js';

const AGENTS = {
  chromeWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  edgeWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  firefoxMac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0',
  safariMac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  safariPhone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  chromePhone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1',
  instagramPhone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22G86 Instagram 390.0.0.28.85',
  chromeAndroid: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  samsung: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  webviewAndroid: 'Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36',
  chromebook: 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
} as const;
const at = (agent: keyof typeof AGENTS, more: Partial<Parameters<typeof detectPlatform>[0]> = {}) =>
  detectPlatform({ userAgent: AGENTS[agent], maxTouchPoints: 0, framed: false, ...more });

describe('detectPlatform', () => {
  it.each([
    ['chromeWindows', 'chrome', 'windows', 'Chrome'],
    ['edgeWindows', 'edge', 'windows', 'Edge'],
    ['firefoxMac', 'firefox', 'macos', 'Firefox'],
    ['safariMac', 'safari', 'macos', 'Safari'],
    ['safariPhone', 'safari', 'ios', 'Safari'],
    ['chromePhone', 'chrome', 'ios', 'Chrome'],
    ['chromeAndroid', 'chrome', 'android', 'Chrome'],
    ['samsung', 'samsung', 'android', 'Samsung Internet'],
    ['chromebook', 'chrome', 'chromeos', 'Chrome'],
  ] as const)('knows %s as %s on %s', (agent, browser, os, browserName) => {
    expect(at(agent)).toEqual({ browser, os, browserName, inApp: false, framed: false });
  });

  it('believes the client hints before the user agent', () => {
    const brands = [{ brand: 'Not;A=Brand' }, { brand: 'Chromium' }, { brand: 'Brave' }];
    expect(at('chromeWindows', { userAgentData: { platform: 'macOS', brands } })).toMatchObject({ browser: 'chrome', browserName: 'Brave', os: 'macos' });
  });

  it('tells an iPad from the Mac that it pretends to be', () => {
    expect(at('safariMac', { maxTouchPoints: 5 }).os).toBe('ios');
  });

  it('notices the browser within an app', () => {
    expect([at('instagramPhone').inApp, at('webviewAndroid').inApp, at('safariPhone').inApp]).toEqual([true, true, false]);
  });

  it('knows nothing of an agent that nobody has heard of', () => {
    expect(detectPlatform({ userAgent: 'curl/8', maxTouchPoints: 0, framed: false })).toMatchObject({ browser: 'other', os: 'other', browserName: '' });
  });
});

describe('micTrouble', () => {
  const asked = (state: PermissionReport['state'], barrier: PermissionReport['barrier'] = null): PermissionReport => ({ state, barrier });
  const failed = (reason: AvatarErrorReason, message = '') => new AvatarError(reason, { message: 'It failed.', cause: new DOMException(message, 'NotAllowedError') });

  it.each<[PermissionReport | null, AvatarError | null, MicTrouble | null]>([
    [null, null, null],
    [asked('prompt'), null, null],
    [asked('granted'), null, null],
    [asked('denied'), null, 'blocked'],
    [asked('granted', 'insecure'), null, 'insecure'],
    [asked('denied', 'frame'), failed('microphone-denied'), 'frame'],
    [asked('denied'), failed('microphone-denied', 'Permission denied'), 'blocked'],
    [asked('granted'), failed('microphone-denied', 'Permission denied by system'), 'system'],
    [asked('prompt'), failed('microphone-denied', 'Permission dismissed'), 'dismissed'],
    [asked('prompt'), failed('microphone-denied', 'The request is not allowed'), 'dismissed'],
    [asked(null), failed('microphone-denied', 'The request is not allowed'), 'blocked'],
    [asked('granted'), failed('microphone-missing'), 'missing'],
    [asked('granted'), failed('microphone-unplugged'), 'unplugged'],
    [asked('granted'), failed('microphone-busy'), 'busy'],
    [null, failed('insecure-origin'), 'insecure'],
    [asked('granted'), failed('worklet-blocked'), null],
  ])('case %#', (permission, error, trouble) => {
    expect(micTrouble(permission, error)).toBe(trouble);
  });
});

describe('micHelpSteps', () => {
  it('leads to where each browser keeps what it allows a site', () => {
    expect(micHelpSteps('blocked', at('chromeWindows'))).toEqual(['addressIcon', 'allowSite', 'retry']);
    expect(micHelpSteps('blocked', at('firefoxMac'))).toEqual(['firefoxIcon', 'firefoxClear', 'retry']);
    expect(micHelpSteps('blocked', at('safariMac'))).toEqual(['safariSettings', 'allowSite', 'retry']);
    expect(micHelpSteps('blocked', at('safariPhone'))).toEqual(['iosSafariMenu', 'allowSite', 'retry']);
    expect(micHelpSteps('blocked', at('chromePhone'))).toEqual(['iosAppSettings', 'retry']);
    expect(micHelpSteps('blocked', at('chromeAndroid'))).toEqual(['androidIcon', 'allowSite', 'retry']);
    expect(micHelpSteps('blocked', at('instagramPhone'))).toEqual(['leaveApp']);
  });

  it('leads out of a frame, and tells its owner what is missing', () => {
    expect(micHelpSteps('frame', at('chromeWindows', { framed: true }))).toEqual(['openOwnTab', 'askOwnerFrame']);
    expect(micHelpSteps('frame', at('chromeWindows'))).toEqual(['askOwnerPolicy']);
    expect(micHelpSteps('blocked', at('firefoxMac', { framed: true }))).toContain('openOwnTab');
  });

  it('leads to the settings of the system, and to them as well where Firefox finds none on a Mac', () => {
    expect(micHelpSteps('system', at('chromeWindows'))).toEqual(['windowsPrivacy', 'windowsAllow', 'retry']);
    expect(micHelpSteps('system', at('safariMac'))).toEqual(['macPrivacy', 'restartBrowser', 'retry']);
    expect(micHelpSteps('missing', at('firefoxMac'))).toContain('macPrivacy');
    expect(micHelpSteps('missing', at('chromeWindows'))).not.toContain('macPrivacy');
  });

  it('has at least one step, in words, for every trouble everywhere', () => {
    const troubles = Object.keys(defaultLabels.micHelpTitle) as MicTrouble[];
    const browsers: Platform['browser'][] = ['chrome', 'edge', 'firefox', 'safari', 'samsung', 'other'];
    const systems: Platform['os'][] = ['windows', 'macos', 'linux', 'chromeos', 'android', 'ios', 'other'];
    for (const trouble of troubles)
      for (const browser of browsers)
        for (const os of systems)
          for (const framed of [true, false]) {
            const steps = micHelpSteps(trouble, { browser, os, framed, inApp: false, browserName: '' });
            expect(steps.length).toBeGreaterThan(0);
            expect(new Set(steps).size).toBe(steps.length);
            for (const step of steps) expect(defaultLabels.micHelpStep[step]).toBeTruthy();
          }
  });
});
