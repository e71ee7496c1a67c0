import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { Grant } from '../../../src/grant/grant.js';
import type { GrantRequest } from '../../../src/grant/createGrantSource.js';
import { createAvatarSession, type AvatarSessionOptions } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createFakePlayback } from '../../../src/testing/createFakePlayback.js';
import { createFakeVoiceService } from '../../../src/testing/createFakeVoiceService.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const grant: Grant = {
  version: 1,
  sessionId: 'session-1',
  expiresAt: 4e12,
  renewal: 'pass',
  avatar: { service: 'akool-streaming', avatarId: 'anna', url: 'ws://127.0.0.1/relay', ticket: 't', ticketExpiresAt: 4e12 },
  voice: { service: 'dve', url: 'ws://127.0.0.1/relay', ticket: 'v', ticketExpiresAt: 4e12 },
  channel: { kind: 'loopback', appId: 'a', channel: 'room', token: 't', uid: 1, avatarUid: 2, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' },
};
/** A PNG of one pixel. */
const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (byte) => byte.charCodeAt(0));
const lost = () => new AvatarError('connection-lost', { message: 'lost' });
const tone = (length: number, value = 1000) => new Int16Array(length).fill(value);

function setUp(options: Partial<AvatarSessionOptions> = {}, voiceGrant: Record<string, unknown> | null = null) {
  const clock = createManualClock();
  const voice = createFakeVoiceService({ grantRequest: voiceGrant });
  const avatar = createFakeAvatarService();
  const channel = createFakeChannel();
  const microphone = createFakeMicrophone();
  const playback = createFakePlayback();
  const requests: GrantRequest[] = [];
  const source = async (request: GrantRequest) => {
    requests.push(request);
    return grant;
  };
  const make = (extra: Partial<AvatarSessionOptions>) => createAvatarSession({ voice, channel, microphone, playback, clock, ...extra, ...options });
  return { clock, voice, avatar, channel, microphone, playback, requests, source, voiceOnly: () => make({}), composed: () => make({ avatar, grant: source }) };
}

describe('a session of a voice alone', () => {
  it('needs no server, no avatar and no room when the voice service needs none', async () => {
    const { voiceOnly, requests, channel, playback, microphone, voice } = setUp();
    const session = voiceOnly();
    await session.start();
    expect(session.getSnapshot()).toMatchObject({ status: 'live', sound: 'playing' });
    microphone.sayLevel(0.1);
    expect(voice.received()).toHaveLength(160);
    voice.emit({ type: 'speech', samples: tone(500), sampleRateHz: 24_000 });
    voice.emit({ type: 'speech-end' });
    expect(playback.pushed()).toEqual(tone(500));
    expect(playback.calls).toEqual(['volume 1', 'start', 'end']);
    await session.end();
    expect(requests).toEqual([]);
    expect(channel.calls).toEqual([]);
    expect([voice.connected, playback.getSnapshot().status, microphone.getSnapshot().status]).toEqual([false, 'off', 'off']);
  });

  it('asks the server for the voice alone when the service needs a grant', async () => {
    const { source, requests, voice, channel, microphone, playback, clock } = setUp({}, { voice: { service: 'dve' } });
    const session = createAvatarSession({ grant: source, voice, channel, microphone, playback, clock });
    await session.start();
    expect(requests.map(({ wishes }) => wishes)).toEqual([{ avatar: false, voice: { service: 'dve' } }]);
    await session.end();
  });

  it('refuses a voice service that needs a grant when there is none', () => {
    const { voiceOnly } = setUp({}, { voice: { service: 'dve' } });
    expect(voiceOnly).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('falls silent when the service hears the user, and raises the turn', async () => {
    const { voiceOnly, voice, playback } = setUp();
    const session = voiceOnly();
    await session.start();
    voice.emit({ type: 'transcript', role: 'assistant', text: 'As I was say', final: false });
    voice.emit({ type: 'speech', samples: tone(500), sampleRateHz: 16_000 });
    voice.emit({ type: 'interrupt' });
    expect(playback.pushed()).toHaveLength(0);
    expect(playback.calls).toContain('clear');
    expect(voice.calls).not.toContain('interrupt');
    expect(session.getSnapshot()).toMatchObject({ turnId: 1, transcript: [{ text: 'As I was say', interrupted: true, final: true, turnId: 0 }] });
    voice.emit({ type: 'speech', samples: tone(100), sampleRateHz: 16_000 });
    expect(playback.pushed()).toHaveLength(100);
    await session.end();
  });

  it('tells the service when the application interrupts, and goes on listening', async () => {
    const { voiceOnly, voice, microphone } = setUp();
    const session = voiceOnly();
    await session.start();
    for (let frame = 0; frame < 20; frame++) microphone.sayLevel(0.3);
    await session.interrupt();
    expect(voice.calls).toContain('interrupt');
    expect(session.getSnapshot()).toMatchObject({ turnId: 1, inputHeld: false });
    const before = voice.received().length;
    microphone.sayLevel(0.3);
    expect(voice.received().length).toBe(before + 160);
    await session.end();
  });

  it('says from the page what the application gives it', async () => {
    const { voiceOnly, playback, clock } = setUp({ input: 'none' });
    const session = voiceOnly();
    await session.start();
    const speaking = session.speak(tone(8000));
    await clock.advance(1000);
    expect(await speaking).toEqual({ interrupted: false, sentMs: 500 });
    expect(playback.pushed()).toEqual(tone(8000));
    expect(playback.calls.at(-1)).toBe('end');
    await session.end();
  });

  it('keeps one transcript of both sides, each entry growing until it is final', async () => {
    const { voiceOnly, voice } = setUp();
    const session = voiceOnly();
    await session.start();
    for (const text of ['he', 'hello']) voice.emit({ type: 'transcript', role: 'user', text, final: false });
    voice.emit({ type: 'transcript', role: 'user', text: 'Hello.', final: true });
    voice.emit({ type: 'transcript', role: 'assistant', text: 'Hi', final: false });
    voice.emit({ type: 'transcript', role: 'assistant', text: 'Hi there!', final: true });
    voice.emit({ type: 'transcript', role: 'user', text: 'Bye.', final: true });
    expect(session.getSnapshot().transcript.map(({ id, role, text, final }) => [id, role, text, final])).toEqual([
      [1, 'user', 'Hello.', true],
      [2, 'assistant', 'Hi there!', true],
      [3, 'user', 'Bye.', true],
    ]);
    await session.end();
  });

  it('reconnects to the service by itself and counts what it did not hear', async () => {
    const { voiceOnly, voice, clock, microphone } = setUp();
    const session = voiceOnly();
    await session.start();
    voice.emit({ type: 'disconnect', error: lost(), unsentAudioMs: 20 });
    expect(session.getSnapshot().status).toBe('reconnecting');
    microphone.sayLevel(0.2);
    await clock.advance(2000);
    expect(session.getSnapshot()).toMatchObject({ status: 'live', recoveries: 1, lostAudioMs: 30 });
    await session.end();
  });

  it('shows sound that the browser holds back, and plays it after a click', async () => {
    const { voiceOnly, playback } = setUp();
    const session = voiceOnly();
    await session.start();
    playback.patch({ blocked: true });
    expect(session.getSnapshot().sound).toBe('blocked');
    await session.resumeSound();
    expect(session.getSnapshot().sound).toBe('playing');
    await session.end();
  });

  it('passes text and pictures on, and refuses them without a voice service', async () => {
    const { voiceOnly, voice, avatar, source, channel, microphone, clock } = setUp();
    const session = voiceOnly();
    await expect(session.sendText('early')).rejects.toMatchObject({ reason: 'not-ready' });
    await session.start();
    await session.sendText('hello');
    await session.sendImage({ bytes: new Uint8Array(4), format: 'png', width: 1, height: 1 });
    expect(voice.calls).toEqual(['connect', 'text hello', 'image png']);
    await session.sendImage(new Blob([png]));
    expect(voice.calls.at(-1)).toBe('image png');
    await expect(session.sendImage(new Blob([png]), { maxBytes: 0 })).rejects.toMatchObject({ reason: 'invalid-options' });
    await expect(session.sendImage('/cat.png' as unknown as Blob)).rejects.toMatchObject({ reason: 'invalid-options' });
    expect(voice.calls).toHaveLength(4);
    await session.end();
    const puppet = createAvatarSession({ grant: source, avatar, channel, microphone, clock });
    await puppet.start();
    await expect(puppet.sendText('hello')).rejects.toMatchObject({ reason: 'not-ready' });
    await puppet.end();
  });
});

describe('a voice that drives an avatar', () => {
  it("says the voice's speech through the avatar at speaking pace, sample for sample", async () => {
    const { composed, voice, avatar, clock, playback, microphone } = setUp();
    const session = composed();
    await session.start();
    microphone.sayLevel(0.1);
    expect([voice.received().length, avatar.received().length]).toEqual([160, 0]);
    const speech = Int16Array.from({ length: 16_000 }, (_, n) => (n % 1000) - 500);
    voice.emit({ type: 'speech', samples: speech, sampleRateHz: 16_000 });
    voice.emit({ type: 'speech-end' });
    await clock.advance(400);
    const early = avatar.received().length;
    expect(early).toBeGreaterThan(6000);
    expect(early).toBeLessThan(10_000);
    await clock.advance(2000);
    expect(avatar.received()).toEqual(speech);
    expect(avatar.calls).toContain('flush');
    expect(playback.calls).toEqual([]);
    await session.end();
    await clock.advance(2000);
    expect(clock.pending).toBe(0);
  });

  it('silences the avatar, the room and the queue when the service hears the user', async () => {
    const { composed, voice, avatar, channel, clock } = setUp();
    const session = composed();
    await session.start();
    voice.emit({ type: 'speech', samples: tone(32_000), sampleRateHz: 16_000 });
    await clock.advance(300);
    const before = avatar.received().length;
    voice.emit({ type: 'interrupt' });
    await clock.advance(0);
    expect(avatar.calls).toContain('interrupt');
    expect(channel.calls.at(-1)).toBe('volume 0');
    await clock.advance(2000);
    expect(avatar.received().length).toBe(before);
    expect(channel.calls.at(-1)).toBe('volume 1');
    await session.end();
  });

  it('says the rest on the next avatar when one is lost in mid-sentence', async () => {
    const { composed, voice, avatar, clock } = setUp();
    const session = composed();
    await session.start();
    voice.emit({ type: 'speech', samples: tone(32_000, 7), sampleRateHz: 16_000 });
    await clock.advance(500);
    const first = avatar.received().length;
    avatar.emit({ type: 'disconnect', error: lost(), unsentAudioMs: 0 });
    await clock.advance(4000);
    expect(session.getSnapshot().status).toBe('live');
    expect(first + avatar.received().length).toBe(32_000);
    expect(voice.calls.filter((call) => call === 'connect')).toHaveLength(1);
    await session.end();
  });

  it('converts the voice to the rate of the avatar', async () => {
    const { composed, voice, avatar, clock } = setUp();
    const session = composed();
    await session.start();
    voice.emit({ type: 'speech', samples: tone(24_000), sampleRateHz: 24_000 });
    voice.emit({ type: 'speech-end' });
    await clock.advance(3000);
    expect(Math.abs(avatar.received().length - 16_000)).toBeLessThanOrEqual(160);
    expect(avatar.received()[8000]).toBe(1000);
    await session.end();
  });
});
