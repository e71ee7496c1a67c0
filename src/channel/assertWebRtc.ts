import { AvatarError } from '../errors/AvatarError.js';

/**
 * Throws where the browser has no WebRTC, as some builds of WebKit and some embedded views have none: before anything is fetched or paid for.
 * @throws AvatarError `channel-unsupported`
 */
export function assertWebRtc(): void {
  if (typeof RTCPeerConnection === 'function') return;
  throw new AvatarError('channel-unsupported', {
    message: 'This browser cannot show the avatar: it has no WebRTC (RTCPeerConnection is missing). Open the page in a current Chrome, Edge, Firefox or Safari. A conversation by voice alone works without.',
  });
}
