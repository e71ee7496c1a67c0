import type { MicHelpStepLabels } from '../labels/DeviceLabels.js';
import type { MicTrouble } from './micTrouble.js';
import type { Platform } from './detectPlatform.js';

/** One instruction: its words are the label of the same name. */
export type MicHelpStep = keyof MicHelpStepLabels;

/** What the user has to do, in order. Ends with trying again unless the page has to be left for it. */
export function micHelpSteps(trouble: MicTrouble, platform: Platform): readonly MicHelpStep[] {
  switch (trouble) {
    case 'insecure':
      return ['openSecure', 'askOwnerSecure'];
    case 'frame':
      return platform.framed ? ['openOwnTab', 'askOwnerFrame'] : ['askOwnerPolicy'];
    case 'unsupported':
      return platform.inApp ? ['leaveApp'] : ['otherBrowser'];
    case 'missing':
      // Firefox on a Mac finds none where the system keeps all of them from it.
      return ['connect', 'checkSystemSound', ...(platform.browser === 'firefox' && platform.os === 'macos' ? (['macPrivacy'] as const) : []), 'retry'];
    case 'unplugged':
      return ['reconnect', 'retry'];
    case 'busy':
      return ['closeOthers', 'reconnect', 'retry'];
    case 'system':
      return [...systemSteps(platform), 'retry'];
    case 'dismissed':
      // Firefox and Safari do not ask again by themselves once they were refused.
      return platform.browser === 'firefox' || platform.browser === 'safari' ? blockedSteps(platform) : ['retryAndAllow'];
    case 'blocked':
      return blockedSteps(platform);
  }
}

function blockedSteps(platform: Platform): readonly MicHelpStep[] {
  if (platform.inApp) return ['leaveApp'];
  const frame = platform.framed ? (['openOwnTab'] as const) : [];
  return [...siteSteps(platform), ...frame, 'retry'];
}

/** Where a browser keeps what it allows one site. */
function siteSteps({ browser, os }: Platform): readonly MicHelpStep[] {
  if (os === 'ios') return browser === 'safari' ? ['iosSafariMenu', 'allowSite'] : ['iosAppSettings'];
  if (os === 'android') return browser === 'samsung' ? ['samsungLock', 'allowSite'] : ['androidIcon', 'allowSite'];
  switch (browser) {
    case 'firefox':
      return ['firefoxIcon', 'firefoxClear'];
    case 'safari':
      return ['safariSettings', 'allowSite'];
    case 'chrome':
    case 'edge':
    case 'samsung':
      return ['addressIcon', 'allowSite'];
    case 'other':
      return ['anySettings', 'allowSite'];
  }
}

/** Where a system keeps what it allows one program. */
function systemSteps({ os }: Platform): readonly MicHelpStep[] {
  switch (os) {
    case 'macos':
      return ['macPrivacy', 'restartBrowser'];
    case 'windows':
      return ['windowsPrivacy', 'windowsAllow'];
    case 'android':
      return ['androidAppSettings'];
    case 'ios':
      return ['iosAppSettings'];
    case 'chromeos':
      return ['chromeosPrivacy'];
    case 'linux':
    case 'other':
      return ['checkSystemSound'];
  }
}
