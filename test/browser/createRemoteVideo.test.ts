import { afterEach, expect, it } from 'vitest';
import { createRemoteVideo } from '../../src/channel/agora/createRemoteVideo.js';
import { createRoomPeer } from '../../src/channel/loopback/createRoomPeer.js';
import { HAS_WEBRTC } from './support/engine.js';

const { play } = HTMLVideoElement.prototype;
afterEach(() => {
  HTMLVideoElement.prototype.play = play;
});

it('shows the picture after the next gesture when the browser refuses to play it, as iOS does to save power', async () => {
  let attempts = 0;
  HTMLVideoElement.prototype.play = function () {
    attempts++;
    return attempts === 1 ? Promise.reject(new DOMException('refused', 'NotAllowedError')) : play.call(this);
  };
  const [track] = document.createElement('canvas').captureStream().getVideoTracks();
  if (!track) throw new Error('A canvas gives one track.');
  const video = createRemoteVideo({ getMediaStreamTrack: () => track, play: () => undefined, stop: () => undefined });
  const container = document.body.appendChild(document.createElement('div'));
  const detach = video.attach(container);
  await expect.poll(() => attempts).toBe(1);
  window.dispatchEvent(new Event('click'));
  await expect.poll(() => attempts).toBe(2);
  window.dispatchEvent(new Event('click'));
  detach();
  window.dispatchEvent(new Event('click'));
  expect(attempts).toBe(2);
  expect(container.childElementCount).toBe(0);
  container.remove();
  track.stop();
});

it.runIf(HAS_WEBRTC)('lets nobody wait for a track that is no longer sent', async () => {
  const peer = createRoomPeer({ onAnswer: () => undefined, onCandidate: () => undefined, onFail: () => undefined });
  const waiting = peer.receiver(1, 'video');
  peer.drop(1, 'video');
  await expect(waiting).rejects.toThrow('no longer sent');
  peer.close();
});
