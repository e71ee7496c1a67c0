import { server } from 'vitest/browser';

/** What the tests cannot find out by looking: the engine's name. Only for what no page can detect; the reason stands at each use. */
export const ENGINE: string = server.browser;

/** WebKitGTK as Debian builds it has no WebRTC. */
export const HAS_WEBRTC = typeof RTCPeerConnection === 'function';

/** WebKit leaves the choice of the loudspeaker to the system. */
export const HAS_SPEAKER_CHOICE = 'setSinkId' in HTMLMediaElement.prototype;

/**
 * Whether a track comes into a context sample for sample. WebKitGTK brings it to 44,100 Hz on the way, whatever the context's rate, and
 * puts silence in where it is late; no page can find that out before it listens.
 */
export const HAS_EXACT_TRACKS = ENGINE !== 'webkit';

/** A browser without a graphics card may have none. */
export const HAS_WEBGL = document.createElement('canvas').getContext('webgl') !== null;
