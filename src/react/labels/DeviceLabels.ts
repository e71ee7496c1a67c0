import type { EchoTestVerdict } from '../../audio/judgeEcho.js';
import type { MicTrouble } from '../devices/micTrouble.js';

/** Instructions for getting a microphone back. `browser` is a name such as Chrome, or an empty string where it is not known. */
export interface MicHelpStepLabels {
  readonly retry: string;
  readonly retryAndAllow: string;
  /** Desktop: the icon at the start of the address bar. */
  readonly addressIcon: string;
  readonly allowSite: string;
  readonly anySettings: string;
  readonly firefoxIcon: string;
  readonly firefoxClear: string;
  readonly safariSettings: string;
  readonly iosSafariMenu: string;
  readonly iosAppSettings: (browser: string) => string;
  readonly androidIcon: string;
  readonly androidAppSettings: (browser: string) => string;
  readonly samsungLock: string;
  readonly macPrivacy: (browser: string) => string;
  readonly restartBrowser: (browser: string) => string;
  readonly windowsPrivacy: string;
  readonly windowsAllow: string;
  readonly chromeosPrivacy: string;
  readonly checkSystemSound: string;
  readonly connect: string;
  readonly reconnect: string;
  readonly closeOthers: string;
  readonly openOwnTab: string;
  readonly askOwnerFrame: string;
  readonly askOwnerPolicy: string;
  readonly openSecure: string;
  readonly askOwnerSecure: string;
  readonly leaveApp: string;
  readonly otherBrowser: string;
}

/** What is said below a list of devices. */
export interface DeviceNoteLabels {
  /** The browser names devices only to pages that may use one. */
  readonly hidden: string;
  readonly noMicrophone: string;
  readonly noSpeaker: string;
  /** The application gave a microphone that cannot be changed. */
  readonly fixedMicrophone: string;
  readonly fixedSpeaker: string;
  /** A phone call or another app has taken the microphone for a while. */
  readonly interrupted: string;
  readonly bluetooth: string;
  /** The device of an earlier choice is not there. `name` may be an empty string. */
  readonly gone: (name: string) => string;
  readonly failed: string;
}

/** The words of devices: choosing them, trying them, and what to do when the browser keeps one back. */
export interface DeviceLabels {
  readonly speaker: string;
  /** `name`: what the default is at the moment; an empty string where the browser does not tell. */
  readonly defaultDevice: (name: string) => string;
  /** A device whose name the browser keeps back, counted from 1. */
  readonly unnamedDevice: (number: number) => string;
  /** Opens the browser's own list of speakers. */
  readonly otherSpeaker: string;
  readonly deviceNotes: DeviceNoteLabels;
  /** Live, and a call or another app has taken the microphone for a while. */
  readonly microphonePaused: string;
  readonly microphoneLevel: string;
  /** Beside a microphone that is off, before a session. */
  readonly tryMicrophone: string;
  readonly saySomething: string;
  readonly heard: string;
  readonly testSpeaker: string;
  readonly testSpeakerPlaying: string;
  readonly testSpeakerDone: string;
  readonly testSpeakerFailed: string;
  readonly testEcho: string;
  readonly testEchoRunning: string;
  readonly testEchoFailed: string;
  readonly testEchoResult: Readonly<Record<EchoTestVerdict, string>>;
  /** Title of the device check. */
  readonly preJoin: string;
  readonly listenOnly: string;
  readonly micHelpTitle: Readonly<Record<MicTrouble, string>>;
  readonly micHelpStep: MicHelpStepLabels;
  /** A link to the page itself, out of the one around it. */
  readonly openOwnTab: string;
}

/** All but what the status of a session says, which is among the words of that. */
export type DeviceWords = Omit<DeviceLabels, 'microphonePaused'>;

/** In English. */
export const englishDevices: DeviceWords = {
  speaker: 'Speaker',
  defaultDevice: (name) => (name === '' ? 'System default' : `System default (${name})`),
  unnamedDevice: (number) => `Device ${number}`,
  otherSpeaker: 'Other speaker…',
  deviceNotes: {
    hidden: 'Your devices are listed once you allow the microphone.',
    noMicrophone: 'No microphone found. Connect one, or join without it.',
    noSpeaker: 'No speaker found. Connect one to hear the conversation.',
    fixedMicrophone: 'This page chooses the microphone.',
    fixedSpeaker: 'Choose the speaker in your device’s sound settings.',
    interrupted: 'Paused by a call or another app. It comes back by itself.',
    bluetooth: 'Bluetooth can sound like a phone call while its microphone is on.',
    gone: (name) => (name === '' ? 'The device you chose is not connected. Using another one.' : `${name} is not connected. Using another device.`),
    failed: 'That device could not be used. Nothing has changed.',
  },
  microphoneLevel: 'Microphone level',
  tryMicrophone: 'Turn the microphone on to try it.',
  saySomething: 'Say something to try it.',
  heard: 'We can hear you.',
  testSpeaker: 'Play a test sound',
  testSpeakerPlaying: 'Playing a test sound.',
  testSpeakerDone: 'Nothing heard? Turn it up, or choose another speaker.',
  testSpeakerFailed: 'The test sound could not be played. Choose another speaker.',
  testEcho: 'Test for echo',
  testEchoRunning: 'Playing a phrase. Please stay quiet for a few seconds.',
  testEchoFailed: 'The test could not be finished. Check both devices, then try again.',
  testEchoResult: {
    clean: 'No echo. You can interrupt at any time.',
    echo: 'Your microphone picks up the speaker. Use headphones, or turn the sound down.',
    unclear: 'It was too loud around you to tell. Try again when it is quiet.',
  },
  preJoin: 'Check your sound',
  listenOnly: 'Join without microphone',
  micHelpTitle: {
    blocked: 'The microphone is blocked for this site',
    dismissed: 'The microphone was not allowed',
    system: 'Your device keeps the microphone from the browser',
    insecure: 'This page is not secure',
    frame: 'This page may not use the microphone',
    unsupported: 'This browser has no microphone to give',
    missing: 'No microphone found',
    unplugged: 'The microphone was disconnected',
    busy: 'Another program is using the microphone',
  },
  micHelpStep: {
    retry: 'Press “Try again”.',
    retryAndAllow: 'Press “Try again”, and choose “Allow” when the browser asks.',
    addressIcon: 'Click the icon at the start of the address bar.',
    allowSite: 'Set “Microphone” to “Allow”.',
    anySettings: 'Open the settings of this site in your browser.',
    firefoxIcon: 'Click the crossed-out microphone in the address bar.',
    firefoxClear: 'Click the × next to “Blocked”.',
    safariSettings: 'In the menu bar, choose Safari, then “Settings for This Website”.',
    iosSafariMenu: 'Tap the page menu in the address bar, then “Website Settings”.',
    iosAppSettings: (browser) => `Open the Settings app, choose ${browser || 'your browser'}, and turn on “Microphone”.`,
    androidIcon: 'Tap the icon at the start of the address bar, then “Permissions”.',
    androidAppSettings: (browser) => `Open Settings, then Apps, then ${browser || 'your browser'}, then Permissions, and allow “Microphone”.`,
    samsungLock: 'Tap the lock in the address bar, then “Permissions”.',
    macPrivacy: (browser) => `Open System Settings, then “Privacy & Security”, then “Microphone”, and turn on ${browser || 'your browser'}.`,
    restartBrowser: (browser) => `Quit ${browser || 'the browser'} and open this page again.`,
    windowsPrivacy: 'Open Settings, then “Privacy & security”, then “Microphone”.',
    windowsAllow: 'Turn on “Microphone access” and “Let desktop apps access your microphone”.',
    chromeosPrivacy: 'Open Settings, then “Privacy and security”, then “Privacy controls”, and turn on “Microphone access”.',
    checkSystemSound: 'Check in your sound settings that it is on and chosen.',
    connect: 'Connect a microphone or a headset.',
    reconnect: 'Connect it again, or choose another one.',
    closeOthers: 'Close video calls and other programs or tabs that use the microphone.',
    openOwnTab: 'Open this page in a tab of its own.',
    askOwnerFrame: 'For the owner of the page around it: give the frame allow="microphone".',
    askOwnerPolicy: 'For the owner of the page: its Permissions-Policy header has to allow the microphone.',
    openSecure: 'Open the page with https:// at the start of its address.',
    askOwnerSecure: 'For the owner of the page: browsers give a microphone to https and to localhost only.',
    leaveApp: 'Open this page in your phone’s own browser: use the app’s menu.',
    otherBrowser: 'Open the page in a current Chrome, Edge, Firefox or Safari.',
  },
  openOwnTab: 'Open in its own tab',
};
