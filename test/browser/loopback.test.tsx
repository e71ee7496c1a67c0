import AgoraRTC, { LocalAudioTrack, RemoteUser, useConnectionState, useNetworkQuality, usePublish, useRemoteUsers, type ILocalAudioTrack } from 'agora-rtc-react';
import { StrictMode, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, inject, it as always } from 'vitest';
import { AgoraRoom } from '../../src/channel/agora/AgoraRoom.js';
import { createLoopbackClient } from '../../src/channel/loopback/createLoopbackClient.js';
import type { LoopbackClient, LoopbackLocalTrack, LoopbackUser } from '../../src/channel/loopback/LoopbackClient.js';
import { createPattern, createTone, type MediaSource } from './support/mediaSources.js';
import { HAS_WEBRTC } from './support/engine.js';

const it = always.runIf(HAS_WEBRTC);

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

let rooms = 0;
const newRoom = () => `room-${performance.timeOrigin}-${++rooms}`;

async function join(channel: string, uid: number): Promise<LoopbackClient> {
  const client = createLoopbackClient(inject('channelUrl'));
  cleanUps.push(() => client.leave());
  await client.join('app', channel, 'token', uid);
  return client;
}

function asLocal({ track, close }: MediaSource): LoopbackLocalTrack {
  cleanUps.push(close);
  return { trackMediaType: track.kind === 'video' ? 'video' : 'audio', getMediaStreamTrack: () => track };
}

const toneTrack = async () => asLocal(await createTone());
const patternTrack = () => asLocal(createPattern());

function once<T extends unknown[]>(client: LoopbackClient, event: string): Promise<T> {
  return new Promise((resolve) => {
    const listener = (...values: never[]) => {
      client.off(event, listener);
      resolve(values as unknown as T); // the caller names the event's own type
    };
    client.on(event, listener);
  });
}

function render(element: ReactElement): HTMLElement {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  root.render(element);
  cleanUps.push(() => {
    root.unmount();
    container.remove();
  });
  return container;
}

it('carries sound and picture from one member to another over WebRTC', async () => {
  const channel = newRoom();
  const [speaker, listener] = [await join(channel, 1), await join(channel, 2)];
  const published = new Promise<LoopbackUser>((resolve) => {
    listener.on('user-published', (user: LoopbackUser) => {
      if (user.hasAudio && user.hasVideo) resolve(user);
    });
  });
  await speaker.publish([await toneTrack(), patternTrack()]);
  const user = await published;
  await Promise.all([listener.subscribe(user, 'audio'), listener.subscribe(user.uid, 'video')]);
  user.audioTrack?.play();
  await expect.poll(() => user.audioTrack?.getVolumeLevel(), { timeout: 10_000 }).toBeGreaterThan(0.05);

  const container = document.createElement('div');
  document.body.append(container);
  user.videoTrack?.play(container);
  await expect.poll(() => container.querySelector('video')?.videoWidth, { timeout: 10_000 }).toBe(128);

  const unpublished = once<[LoopbackUser, string]>(listener, 'user-unpublished');
  await speaker.unpublish(speaker.localTracks.filter((track) => track.trackMediaType === 'video'));
  expect((await unpublished)[1]).toBe('video');
  expect(user.videoTrack).toBeUndefined();
  expect(container.querySelector('video')).toBeNull();
  container.remove();
});

it('is rendered by the components of agora-rtc-react, under StrictMode', async () => {
  const channel = newRoom();
  const [speaker, viewer] = [await join(channel, 1), await join(channel, 2)];
  await speaker.publish([await toneTrack(), patternTrack()]);
  function Room() {
    const users = useRemoteUsers();
    const state = useConnectionState();
    return (
      <div data-state={state} data-users={users.length}>
        {users.map((user) => (
          <RemoteUser key={user.uid} user={user} playVideo playAudio style={{ width: 128, height: 128 }} />
        ))}
      </div>
    );
  }
  const container = render(
    <StrictMode>
      <AgoraRoom client={viewer}>
        <Room />
      </AgoraRoom>
    </StrictMode>,
  );
  await expect.poll(() => container.querySelector('video')?.videoWidth, { timeout: 15_000 }).toBe(128);
  expect(container.querySelectorAll('video')).toHaveLength(1);
  expect(container.querySelector('[data-state="CONNECTED"][data-users="1"]')).not.toBeNull();
  await speaker.leave();
  await expect.poll(() => container.querySelector('video')).toBeNull();
});

it("publishes what agora-rtc-react's usePublish gives it", async () => {
  const channel = newRoom();
  const [listener, speaker] = [await join(channel, 1), await join(channel, 2)];
  const heard = once<[LoopbackUser, string]>(listener, 'user-published');
  const tone = await toneTrack();
  const track = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: tone.getMediaStreamTrack() });
  cleanUps.push(() => track.close());

  function Publisher({ local }: { local: ILocalAudioTrack }) {
    usePublish([local]);
    return <LocalAudioTrack track={local} />;
  }
  render(
    <AgoraRoom client={speaker}>
      <Publisher local={track} />
    </AgoraRoom>,
  );
  expect((await heard)[1]).toBe('audio');
});

it("tells agora-rtc-react's hooks how well the connection carries", async () => {
  const channel = newRoom();
  const [speaker, viewer] = [await join(channel, 1), await join(channel, 2)];
  await speaker.publish(await toneTrack());
  await viewer.subscribe(1, 'audio');
  function Quality() {
    const { downlinkNetworkQuality, delay } = useNetworkQuality();
    return <output data-quality={downlinkNetworkQuality} data-delay={delay} />;
  }
  const container = render(
    <AgoraRoom client={viewer}>
      <Quality />
    </AgoraRoom>,
  );
  await expect.poll(() => Number(container.querySelector('output')?.dataset['quality']), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(Number(container.querySelector('output')?.dataset['delay'])).toBeGreaterThan(0);
});

it('delivers data messages to everybody else, and refuses one that is too long', async () => {
  const channel = newRoom();
  const [sender, receiver] = [await join(channel, 1), await join(channel, 2)];
  const received = once<[number, Uint8Array]>(receiver, 'stream-message');
  await sender.sendStreamMessage('grüße');
  const [uid, payload] = await received;
  expect([uid, new TextDecoder().decode(payload)]).toEqual([1, 'grüße']);
  await expect(sender.sendStreamMessage(new Uint8Array(1025))).rejects.toMatchObject({ code: 'INVALID_PARAMS' });
});

it('joins again after leaving, and refuses to join twice', async () => {
  const channel = newRoom();
  const client = await join(channel, 5);
  await expect(client.join('app', channel, 'token', 5)).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
  await client.leave();
  expect(client.connectionState).toBe('DISCONNECTED');
  await client.join('app', channel, 'token', 5);
  expect(client).toMatchObject({ connectionState: 'CONNECTED', uid: 5, channelName: channel });
});

it('is put out by a second browser under the same uid, and refused with an expired token', async () => {
  const channel = newRoom();
  const first = await join(channel, 9);
  const change = once<[string, string, string]>(first, 'connection-state-change');
  await join(channel, 9);
  expect(await change).toEqual(['DISCONNECTED', 'CONNECTED', 'UID_CONFLICT']);
  const late = createLoopbackClient(inject('channelUrl'));
  await expect(late.join('app', channel, 'expired', 10)).rejects.toMatchObject({ code: 'token-refused' });
  expect(late.connectionState).toBe('DISCONNECTED');
});
