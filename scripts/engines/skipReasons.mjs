/** @typedef {import('./renderSupport.mjs').EngineName} EngineName */

const NO_WEBRTC = 'it has no WebRTC';
const HAS_WHAT_IS_MISSED = 'it has what the test says is missing';

/**
 * Why a test is left out of an engine; by its file, and by its title where a file leaves out for several reasons.
 * @type {readonly { readonly engines: readonly EngineName[], readonly files: readonly string[], readonly title?: RegExp, readonly why: string }[]}
 */
const REASONS = [
  { engines: ['webkit'], files: ['browser/turnDetector'], why: 'a message from the audio thread to a Worker passes by the page, as in Firefox' },
  { engines: ['firefox'], files: ['browser/turnDetector'], why: 'a message from the audio thread to a Worker passes by the page, as in WebKit' },
  { engines: ['webkit'], files: ['browser/playback'], title: /^chooses an output device/, why: 'the system chooses the loudspeaker' },
  { engines: ['chromium', 'firefox'], files: ['browser/playback'], title: /^says that this browser lets no page choose/, why: HAS_WHAT_IS_MISSED },
  { engines: ['firefox'], files: ['browser/captureFrames'], why: "a test cannot pull a microphone's plug: a track takes no made-up event" },
  { engines: ['firefox'], files: ['browser/chromaKey'], why: 'without a graphics card it has no WebGL here' },
  {
    engines: ['webkit'],
    files: ['agoraPageSettings', 'channel', 'channelContract', 'createPcmTrack', 'createPictureTrack', 'createRemoteVideo', 'loopback', 'reference', 'sdkChannel'].map((name) => `browser/${name}`),
    why: NO_WEBRTC,
  },
  { engines: ['webkit'], files: ['engines/live', 'engines/puppet'], why: NO_WEBRTC },
  { engines: ['chromium', 'firefox'], files: ['engines/live'], title: /^puppet: without WebRTC/, why: HAS_WHAT_IS_MISSED },
];

/**
 * @param {EngineName} engine
 * @param {{ readonly file: string, readonly title: string }} test that was left out
 * @returns {string | undefined} undefined where nobody has given a reason: that is a gap
 */
export function skipReason(engine, { file, title }) {
  return REASONS.find(({ engines, files, title: wanted }) => engines.includes(engine) && files.some((name) => file.startsWith(`test/${name}.test.`)) && (wanted?.test(title) ?? true))?.why;
}
