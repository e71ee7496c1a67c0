/** The browsers whose settings differ. `chrome` stands for all that are made of Chromium and have its settings. */
export type BrowserFamily = 'chrome' | 'edge' | 'firefox' | 'safari' | 'samsung' | 'other';
export type OperatingSystem = 'windows' | 'macos' | 'linux' | 'chromeos' | 'android' | 'ios' | 'other';

/** Where a page runs, as far as instructions for its user differ by it. */
export interface Platform {
  readonly browser: BrowserFamily;
  /** Its name, as the system's settings list it; an empty string where it is not known. */
  readonly browserName: string;
  readonly os: OperatingSystem;
  /** The browser within another app, as of Instagram or WeChat. */
  readonly inApp: boolean;
  /** The page is part of another one. */
  readonly framed: boolean;
}

/** What is read of the browser: `navigator` and `window`, or as much of them as a test needs. */
export interface PlatformHints {
  readonly userAgent: string;
  /** `navigator.userAgentData`, where there is one. */
  readonly userAgentData?: { readonly platform: string; readonly brands: readonly { readonly brand: string }[] } | undefined;
  /** Tells an iPad, which calls itself a Mac, from one. */
  readonly maxTouchPoints: number;
  readonly framed: boolean;
}

/** Most telling first: every one of them also names those after it. */
const BROWSERS: readonly (readonly [mark: RegExp, family: BrowserFamily, name: string])[] = [
  [/Edg(A|iOS)?\/|Microsoft Edge/, 'edge', 'Edge'],
  [/SamsungBrowser\/|Samsung Internet/, 'samsung', 'Samsung Internet'],
  [/OPR\/|OPT\/|Opera/, 'chrome', 'Opera'],
  [/Brave/, 'chrome', 'Brave'],
  [/Firefox\/|FxiOS\//, 'firefox', 'Firefox'],
  [/Chrome\/|CriOS\/|Google Chrome|Chromium/, 'chrome', 'Chrome'],
  [/Safari\//, 'safari', 'Safari'],
];
const SYSTEMS: readonly (readonly [mark: RegExp, os: OperatingSystem])[] = [
  [/iPhone|iPad|iPod|^iOS/, 'ios'],
  [/Android/, 'android'],
  [/CrOS|Chrome ?OS|Chromium OS/, 'chromeos'],
  [/Windows/, 'windows'],
  [/Macintosh|macOS/, 'macos'],
  [/Linux|X11/, 'linux'],
];
const IN_APP = /FBA[NV]|Instagram|\bLine\/|MicroMessenger|Snapchat|TikTok|musical_ly|Twitter|LinkedInApp|; wv\)/;

/** Tells browser and system by what the browser says of itself: by its client hints first, which are made for it. */
export function detectPlatform({ userAgent, userAgentData, maxTouchPoints, framed }: PlatformHints): Platform {
  const brands = userAgentData?.brands.map(({ brand }) => brand).join(' ') ?? '';
  const byName = (text: string) => BROWSERS.find(([mark]) => mark.test(text));
  const [, browser, browserName] = byName(brands) ?? byName(userAgent) ?? [/$/, 'other' as const, ''];
  const bySystem = (text: string) => SYSTEMS.find(([mark]) => mark.test(text))?.[1];
  const os = bySystem(userAgentData?.platform ?? '') ?? bySystem(userAgent) ?? 'other';
  // A browser that shows a web page for another app on an iPhone leaves `Safari/` out.
  const bareIos = /iPhone|iPad/.test(userAgent) && !/Safari\//.test(userAgent);
  return { browser, browserName, os: os === 'macos' && maxTouchPoints > 1 ? 'ios' : os, inApp: IN_APP.test(userAgent) || bareIos, framed };
}

/** What this page's browser says of itself. */
export function platformHints(): PlatformHints {
  const { userAgent, maxTouchPoints } = navigator;
  return { userAgent, maxTouchPoints, userAgentData: userAgentDataOf(navigator), framed: window.self !== window.top };
}

function userAgentDataOf(holder: object): PlatformHints['userAgentData'] {
  if (!('userAgentData' in holder) || typeof holder.userAgentData !== 'object' || holder.userAgentData === null) return undefined;
  // Boundary: client hints are in no type library yet; Chromium alone has them, in this shape (User-Agent Client Hints, 4.1).
  return holder.userAgentData as PlatformHints['userAgentData'];
}
