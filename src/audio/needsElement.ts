import { canChooseSpeaker } from './canChooseSpeaker.js';

/**
 * Whether a page's own sound has to pass an audio element on its way to the loudspeaker: it does where the browser has an echo canceller,
 * which comes with its WebRTC, or lets the page choose the loudspeaker. WebKitGTK as Debian builds it has neither, and there an element
 * stays silent: it goes by the system's clock, the context stamps the stream with its own, and each buffer is dropped as too late.
 */
export function needsElement(): boolean {
  return typeof RTCPeerConnection === 'function' || canChooseSpeaker();
}
