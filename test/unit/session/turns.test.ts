import { describe, expect, it } from 'vitest';
import type { GrantRequest } from '../../../src/grant/createGrantSource.js';
import type { TurnMetrics } from '../../../src/session/latency/TurnMetrics.js';
import { createAvatarSession, type AvatarSessionOptions } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createFakePlayback } from '../../../src/testing/createFakePlayback.js';
import { createFakeTurnDetector } from '../../../src/testing/createFakeTurnDetector.js';
import { createFakeVoiceService } from '../../../src/testing/createFakeVoiceService.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const at = { sequence: 0, timeMs: 0 };
const samples = new Int16Array(1600);
const speech = { samples, sampleRateHz: 16_000, type: 'speech' } as const;

function setUp(options: Partial<AvatarSessionOptions> = {}) {
  const clock = createManualClock();
  const voice = createFakeVoiceService();
  const avatar = createFakeAvatarService();
  const channel = createFakeChannel();
  const fake = createFakeMicrophone();
  const references: string[] = [];
  const microphone = {
    ...fake,
    setReference: (track: MediaStreamTrack | null) => void references.push(track ? track.id : 'none'),
    setReferenceGain: (gain: number) => void references.push(`gain ${gain}`),
  };
  const detector = createFakeTurnDetector();
  const session = createAvatarSession({
    grant: async (_request: GrantRequest) => createFakeGrant(),
    voice,
    avatar,
    channel,
    microphone,
    clock,
    turnTaking: detector,
    ...options,
  });
  const heard: string[] = [];
  for (const type of ['speech-start', 'speech-end', 'speech-misfire', 'barge-in-duck', 'barge-in-release', 'barge-in', 'interrupt'] as const) session.on(type, () => heard.push(type));
  const turns: TurnMetrics[] = [];
  session.on('turn-metrics', ({ metrics }) => turns.push(metrics));
  const volumes = () => channel.calls.filter((call) => call.startsWith('volume')).map((call) => Number(call.slice(7)));
  const audio = { mediaStreamTrack: { id: 'avatar-sound' } as MediaStreamTrack, setVolume: () => undefined };
  return { clock, voice, avatar, channel, microphone, detector, session, heard, turns, references, volumes, audio };
}

describe('a session that takes turns', () => {
  it('listens from its start to its end, and leaves nothing behind', async () => {
    const { session, detector, clock } = setUp();
    await session.start();
    await expect.poll(() => detector.calls).toEqual(['start', 'mode voice', 'talking false', 'speaking false']);
    await session.end();
    expect(detector.calls.at(-1)).toBe('stop');
    expect(detector.listenerCount).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('tells that the user speaks, in events and in the state', async () => {
    const { session, detector, heard } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    detector.emit({ type: 'speech-start', samples, ...at });
    expect(session.getSnapshot().userSpeaking).toBe(true);
    detector.emit({ type: 'speech-end', samples, truncated: false, quietMs: 500, ...at });
    expect(session.getSnapshot().userSpeaking).toBe(false);
    detector.emit({ type: 'misfire', ...at });
    expect(heard).toEqual(['speech-start', 'speech-end', 'speech-misfire']);
    await session.end();
  });

  it('lowers the sound at the first sign, and brings it back smoothly when it was nothing', async () => {
    const { session, detector, clock, volumes, heard } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    session.setVolume(0.8);
    detector.emit({ type: 'duck', gain: 0.125, ...at });
    expect(volumes().at(-1)).toBeCloseTo(0.1);
    detector.emit({ type: 'release', ...at });
    await clock.advance(200);
    const rising = volumes().slice(-10);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(rising.at(-1)).toBe(0.8);
    expect(session.getSnapshot().turnId).toBe(0);
    expect(heard).toEqual(['barge-in-duck', 'barge-in-release']);
    await session.end();
  });

  it('silences everybody and raises the turn when the user interrupts', async () => {
    const { session, detector, voice, avatar, volumes, heard } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    voice.emit(speech);
    detector.emit({ type: 'duck', gain: 0.125, ...at });
    detector.emit({ type: 'cut', by: 'voice', ...at });
    expect(volumes().at(-1)).toBe(0);
    expect(session.getSnapshot().turnId).toBe(1);
    expect(heard).toEqual(['barge-in-duck', 'barge-in', 'interrupt']);
    await expect.poll(() => [voice.calls.at(-1), avatar.calls.at(-1)]).toEqual(['interrupt', 'interrupt']);
    await session.end();
  });

  it('raises the turn once when page and service both hear the same interruption', async () => {
    const { session, detector, voice } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    voice.emit(speech);
    detector.emit({ type: 'cut', by: 'voice', ...at });
    voice.emit({ type: 'interrupt' });
    expect(session.getSnapshot().turnId).toBe(1);
    voice.emit(speech);
    voice.emit({ type: 'interrupt' });
    expect(session.getSnapshot().turnId).toBe(2);
    await session.end();
  });

  it('is back at full volume for the answer to an interruption', async () => {
    const { session, detector, clock, volumes } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    detector.emit({ type: 'duck', gain: 0.125, ...at });
    detector.emit({ type: 'cut', by: 'voice', ...at });
    await clock.advance(1000);
    expect(volumes().at(-1)).toBe(1);
    await session.end();
  });

  it('tells the detector of the first words that were recognised', async () => {
    const { session, detector, voice } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    voice.emit({ type: 'transcript', role: 'assistant', text: 'Hello', final: false });
    voice.emit({ type: 'transcript', role: 'user', text: '', final: false });
    expect(detector.calls).not.toContain('words');
    voice.emit({ type: 'transcript', role: 'user', text: 'No', final: false });
    expect(detector.calls).toContain('words');
    await session.end();
  });

  it('sends the microphone only while the button is held in push-to-talk', async () => {
    const { session, detector, voice, microphone } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    session.setTurnMode('push-to-talk');
    microphone.say(samples);
    expect(voice.received()).toHaveLength(0);
    session.setTalking(true);
    microphone.say(samples);
    expect(voice.received()).toHaveLength(1600);
    session.setTalking(false);
    expect(voice.calls.at(-1)).toBe('flush');
    microphone.say(samples);
    expect(voice.received()).toHaveLength(1600);
    expect(detector.calls.slice(-3)).toEqual(['mode push-to-talk', 'talking true', 'talking false']);
    expect(session.getSnapshot().lostAudioMs).toBe(0);
    await session.end();
  });

  it('tells the microphone what the loudspeaker plays, and how loud', async () => {
    const { session, channel, detector, references, audio } = setUp();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    channel.emit({ type: 'audio', audio });
    expect(references.filter((entry) => !entry.startsWith('gain'))).toEqual(['avatar-sound']);
    detector.emit({ type: 'duck', gain: 0.5, ...at });
    expect(references.at(-1)).toBe('gain 0.5');
    await session.end();
    expect(references.filter((entry) => !entry.startsWith('gain')).at(-1)).toBe('none');
  });

  it('tells the detector when the other side speaks, for a microphone that cannot listen to its sound', async () => {
    const playback = createFakePlayback();
    const { setReference: _setReference, ...deaf } = createFakeMicrophone();
    const { session, detector } = setUp({ microphone: deaf, avatar: undefined as never, playback });
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    for (const level of [0.2, 0.3, 0]) playback.emitLevel(level);
    expect(detector.calls.slice(-2)).toEqual(['speaking true', 'speaking false']);
    // Whoever was speaking at the end of a session is not speaking at the start of the next.
    playback.emitLevel(0.2);
    await session.end();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    await expect.poll(() => detector.calls.at(-1)).toBe('speaking false');
    await session.end();
  });

  it('refuses a mode that is none at once, before a detector runs and while one does', async () => {
    const { session, detector } = setUp();
    const refused = expect.objectContaining({ reason: 'invalid-options', message: expect.stringContaining('loudly') });
    expect(() => session.setTurnMode('loudly' as never)).toThrow(refused);
    expect(session.getTurnMode()).toBe('voice');
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    expect(() => session.setTurnMode('loudly' as never)).toThrow(refused);
    expect(session.getTurnMode()).toBe('voice');
    await session.end();
    expect(() => setUp({ turnTaking: { mode: 'loudly' as never } })).toThrow(refused);
  });

  it('refuses modes where nobody takes turns', async () => {
    const { session } = setUp({ turnTaking: false });
    await session.start();
    expect(() => session.setTurnMode('off')).toThrow(expect.objectContaining({ reason: 'not-ready' }));
    await session.end();
    const puppet = setUp({ voice: undefined as never });
    await puppet.session.start();
    expect(puppet.detector.calls).toEqual([]);
    await puppet.session.end();
  });

  it('goes on without a detector that cannot be started, and says so', async () => {
    const detector = { ...createFakeTurnDetector(), start: () => Promise.reject(new Error('no worker')) };
    const { session } = setUp({ turnTaking: detector });
    const errors: string[] = [];
    session.on('error', ({ error }) => errors.push(error.reason));
    await session.start();
    await expect.poll(() => errors).toEqual(['worklet-blocked']);
    expect(session.getSnapshot().status).toBe('live');
    await session.end();
  });
});

describe('what a turn takes', () => {
  function voiceOnly() {
    const playback = createFakePlayback();
    return { ...setUp({ avatar: undefined as never, playback }), playback };
  }

  it('is measured from the end of speech to the first sound, and told when the next turn begins', async () => {
    const { session, detector, voice, playback, clock, turns } = voiceOnly();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    detector.emit({ type: 'speech-end', samples, truncated: false, quietMs: 300, ...at });
    await clock.advance(400);
    voice.emit(speech);
    await clock.advance(100);
    playback.emitLevel(0.2);
    expect(session.getLatency().last).toMatchObject({ heardMs: 800, turnSentMs: 300, replyAudioMs: 700 });
    await session.sendText('And?');
    expect(turns).toHaveLength(1);
    await session.end();
  });

  it('is measured from an interrupt to silence', async () => {
    const { session, detector, playback, clock, turns } = voiceOnly();
    await session.start();
    await expect.poll(() => detector.listenerCount).toBe(1);
    playback.emitLevel(0.2);
    await session.interrupt();
    await clock.advance(20);
    playback.emitLevel(0.1);
    await clock.advance(20);
    playback.emitLevel(0);
    await clock.advance(100);
    expect(turns).toMatchObject([{ interruptToSilenceMs: 40 }]);
    await session.end();
    expect(clock.pending).toBe(0);
  });
});
