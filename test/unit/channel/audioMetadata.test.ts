// Source: the bundle of agora-rtc-react 2.5.1 (SDK 4.24.2): setParameter, sendAudioMetadata, sendStreamMessage; none of it is documented.
import { describe, expect, it } from 'vitest';
import { createAudioMetadata } from '../../../src/channel/agora/createAudioMetadata.js';
import { enableAudioMetadata } from '../../../src/channel/agora/enableAudioMetadata.js';

function scriptedSdk(known: readonly string[]) {
  const parameters = new Map<string, unknown>(known.map((key) => [key, false]));
  return {
    parameters,
    setParameter: (key: string, value: unknown) => void (parameters.has(key) && parameters.set(key, value)),
    getParameter: (key: string) => parameters.get(key),
  };
}

/** @param hidden - whether it is Agora's own, with what its d.ts leaves out. */
function scriptedClient(hidden: boolean) {
  const sent: unknown[] = [];
  const listeners = new Map<string, Set<(value: never) => void>>();
  return {
    sent,
    client: {
      connectionState: 'CONNECTED',
      localTracks: [{ trackMediaType: 'audio' }],
      ...(hidden ? { sendAudioMetadata: (metadata: unknown) => void sent.push(['audio', metadata]) } : {}),
      sendStreamMessage: async (message: unknown) => void sent.push(['message', message]),
      on: (event: string, listener: (value: never) => void) => void listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
      off: (event: string, listener: (value: never) => void) => void listeners.get(event)?.delete(listener),
    },
    emit: (event: string, value: unknown) => listeners.get(event)?.forEach((listener) => listener(value as never)),
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

describe('enableAudioMetadata', () => {
  it('sets the keys that the SDK reads', async () => {
    const sdk = scriptedSdk(['ENABLE_AUDIO_METADATA', 'ENABLE_AUDIO_PTS']);
    await enableAudioMetadata({}, async () => sdk);
    expect(Object.fromEntries(sdk.parameters)).toEqual({ ENABLE_AUDIO_METADATA: true, ENABLE_AUDIO_PTS: false });
    await enableAudioMetadata({ metadata: false, pts: true }, async () => sdk);
    expect(Object.fromEntries(sdk.parameters)).toEqual({ ENABLE_AUDIO_METADATA: false, ENABLE_AUDIO_PTS: true });
  });

  it('says so when the SDK does not know them any more', async () => {
    await expect(enableAudioMetadata({}, async () => scriptedSdk([]))).rejects.toMatchObject({ reason: 'not-ready', context: { key: 'ENABLE_AUDIO_METADATA' } });
    await expect(enableAudioMetadata({}, async () => ({}))).rejects.toMatchObject({ reason: 'not-ready' });
  });
});

describe('createAudioMetadata', () => {
  it('sends inside the sound, and passes on what comes until it is closed', async () => {
    const { client, sent, emit, listenerCount } = scriptedClient(true);
    const heard: unknown[] = [];
    const metadata = createAudioMetadata(client, { onMetadata: (bytes) => heard.push(bytes), onPts: (pts) => heard.push(pts) });
    expect(metadata.via).toBe('audio');
    await metadata.send(Uint8Array.of(1, 2));
    expect(sent).toEqual([['audio', { value: Uint8Array.of(1, 2) }]]);
    emit('audio-metadata', Uint8Array.of(3));
    emit('audio-pts', 4800);
    expect(heard).toEqual([Uint8Array.of(3), 4800]);
    metadata.close();
    metadata.close();
    expect(listenerCount()).toBe(0);
  });

  it('sends a message in step with the sound where that is asked for', async () => {
    const { client, sent } = scriptedClient(true);
    await createAudioMetadata(client, { via: 'message' }).send(Uint8Array.of(1));
    expect(sent).toEqual([['message', { payload: Uint8Array.of(1), syncWithAudio: true }]]);
  });

  it("sends a plain message through a client that is not Agora's", async () => {
    const { client, sent } = scriptedClient(false);
    const metadata = createAudioMetadata(client);
    expect(metadata.via).toBe('message');
    await metadata.send(Uint8Array.of(1));
    expect(sent).toEqual([['message', Uint8Array.of(1)]]);
    expect(() => createAudioMetadata(client, { via: 'audio' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('refuses what the SDK would drop without a word', async () => {
    const { client, sent } = scriptedClient(true);
    const metadata = createAudioMetadata(client);
    await expect(metadata.send(new Uint8Array(1025))).rejects.toMatchObject({ reason: 'message-too-large' });
    client.localTracks = [{ trackMediaType: 'video' }];
    await expect(metadata.send(Uint8Array.of(1))).rejects.toMatchObject({ reason: 'not-ready' });
    client.connectionState = 'DISCONNECTED';
    await expect(metadata.send(Uint8Array.of(1))).rejects.toMatchObject({ reason: 'connection-lost' });
    expect(sent).toEqual([]);
  });

  it('explains a message that the room refuses', async () => {
    const { client } = scriptedClient(false);
    client.sendStreamMessage = () => Promise.reject(new Error('WS_ABORT'));
    await expect(createAudioMetadata(client).send(Uint8Array.of(1))).rejects.toMatchObject({ reason: 'channel-failed' });
  });

  it.each([null, undefined, {}, { on: () => undefined }])('refuses %o, which is no client', (client) => {
    expect(() => createAudioMetadata(client)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});
