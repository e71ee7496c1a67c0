import { describe, expect, it } from 'vitest';
import type { TurnDetectorOptions } from '../../../../src/turn-taking/detector/TurnDetectorOptions.js';
import type { VoiceSourceOptions } from '../../../../src/turn-taking/voice/VoiceProbabilitySource.js';
import { avatarVoice, createEar, echoOf, join, mix, silence, userVoice, type Happening } from './conversation.js';

const quiet = (ms: number) => mix(silence(ms));
/** The user interrupts the avatar, in the middle of its longest phrase. */
const ONSET_MS = 13_200;
const interruption = (gainDb: number) => mix(echoOf(avatarVoice, gainDb), join(silence(ONSET_MS), userVoice));
const soundOf = (event: Happening | undefined) => (event && 'samples' in event ? event.samples : new Int16Array());

async function hearInterruption(options: TurnDetectorOptions = {}, gainDb = -12) {
  const ear = await createEar(options);
  ear.detector.setAvatarSpeaking(true);
  ear.hear(interruption(gainDb), avatarVoice);
  return ear;
}

describe('while the avatar is silent', () => {
  it('hands out an utterance from before its first sound to its end', async () => {
    const ear = await createEar();
    const spoken = join(quiet(1000), mix(userVoice), quiet(1500));
    ear.hear(spoken);
    expect(ear.story[0]).toBe('speech-start');
    expect(ear.story.at(-1)).toBe('speech-end');
    const [start, end] = [soundOf(ear.events[0]), soundOf(ear.events[1])];
    const startedAt = ear.at('speech-start') + 10 - start.length / 16;
    expect(startedAt).toBeLessThanOrEqual(1000);
    expect([...start]).toEqual([...spoken.slice(16 * startedAt, 16 * startedAt + start.length)]);
    expect([...end.slice(0, start.length)]).toEqual([...start]);
  });

  it('says nothing in a quiet room', async () => {
    const ear = await createEar();
    ear.hear(quiet(5000));
    expect(ear.events).toEqual([]);
  });

  it('tells what is known of every frame', async () => {
    const ear = await createEar();
    ear.hear(join(quiet(500), mix(userVoice)));
    expect(ear.labels.map(({ sequence }) => sequence)).toEqual(ear.labels.map((_, index) => index));
    expect(ear.labels[20]).toMatchObject({ isUser: true });
    expect(ear.labels[20]?.voiceProbability).toBeLessThan(50);
    expect(Math.max(...ear.labels.map(({ voiceProbability }) => voiceProbability))).toBeGreaterThan(80);
    expect(Math.max(...ear.labels.map(({ rmsDb }) => rmsDb))).toBeGreaterThan(-40);
  });

  it('calls a start that came to too little a misfire', async () => {
    const ear = await createEar({ minSpeechMs: 1200, profile: 'quiet' });
    ear.hear(join(quiet(500), mix(userVoice.slice(0, 500 * 16)), quiet(1500)));
    expect(ear.story).toEqual(['speech-start', 'misfire']);
  });

  it('keeps no more of an utterance than it may, and says so', async () => {
    const ear = await createEar({ maxUtteranceMs: 1000 });
    ear.hear(join(quiet(500), mix(userVoice), quiet(1500)));
    const end = ear.events.find(({ type }) => type === 'speech-end');
    expect(end).toMatchObject({ truncated: true });
    expect(soundOf(end).length).toBe(16_000);
  });

  it('ends an utterance when there is no more to come', async () => {
    const ear = await createEar();
    ear.hear(join(quiet(500), mix(userVoice.slice(0, 1000 * 16))));
    expect(ear.story).toEqual(['speech-start']);
    ear.detector.flush();
    ear.detector.flush();
    expect(ear.story).toEqual(['speech-start', 'speech-end']);
  });
});

describe('while the avatar speaks', () => {
  it.each([-30, -12, -6])('takes its echo at %i dB for no interruption', async (gainDb) => {
    const ear = await createEar();
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(echoOf(avatarVoice, gainDb)), avatarVoice);
    expect(ear.story.filter((type) => type !== 'duck' && type !== 'release')).toEqual([]);
    expect(ear.story.filter((type) => type === 'duck')).toHaveLength(ear.story.filter((type) => type === 'release').length);
  });

  it.each([-30, -12, -6])('ducks it when the user begins to speak, cuts it, and hands out what was said, beside an echo of %i dB', async (gainDb) => {
    const ear = await hearInterruption({}, gainDb);
    const late = ear.events.filter(({ timeMs }) => timeMs >= ONSET_MS);
    expect(late.slice(0, 3).map(({ type }) => type)).toEqual(['duck', 'cut', 'speech-start']);
    const [duck, cut, start] = late;
    expect(duck).toMatchObject({ gain: expect.closeTo(10 ** (-18 / 20), 6) });
    expect(cut).toMatchObject({ by: 'voice' });
    expect((duck?.timeMs ?? NaN) - ONSET_MS).toBeLessThanOrEqual(300);
    expect((cut?.timeMs ?? NaN) - ONSET_MS).toBeLessThanOrEqual(800);
    // From before the onset on.
    expect((start?.timeMs ?? NaN) + 10 - soundOf(start).length / 16).toBeLessThan(ONSET_MS);
  });

  it('lets a backchannel pass: it ducks, and comes back', async () => {
    const ear = await createEar({ backchannelMs: 600 });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(echoOf(avatarVoice, -18), join(silence(ONSET_MS), userVoice.slice(0, 350 * 16))), avatarVoice);
    expect(ear.story.slice(-2)).toEqual(['duck', 'release']);
    expect(ear.story).not.toContain('cut');
    expect(ear.story).not.toContain('speech-start');
  });

  it('is not interrupted in mode off; what the user still says when it has finished counts', async () => {
    const ear = await createEar({ mode: 'off' });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(join(quiet(500), mix(userVoice), quiet(500)));
    expect(ear.events).toEqual([]);
    ear.hear(mix(userVoice), undefined, (detector, timeMs) => {
      if (timeMs === 4000) detector.setAvatarSpeaking(false);
    });
    expect(ear.story[0]).toBe('speech-start');
    expect(ear.at('speech-start')).toBeGreaterThanOrEqual(4000);
  });

  it('is interrupted by recognised words in mode transcript, and by nothing else', async () => {
    const unheard = await hearInterruption({ mode: 'transcript' });
    expect(unheard.story).toContain('duck');
    expect(unheard.story).not.toContain('cut');
    const ear = await createEar({ mode: 'transcript' });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(interruption(-12), avatarVoice, (detector, timeMs) => {
      if (timeMs === ONSET_MS + 900) detector.confirmByTranscript();
    });
    expect(ear.story).toContain('speech-end');
    expect(ear.events.find(({ type }) => type === 'cut')).toMatchObject({ by: 'transcript', timeMs: ONSET_MS + 890 });
  });

  it('comes back in mode transcript when no words were found', async () => {
    const ear = await createEar({ mode: 'transcript' });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(join(quiet(500), userVoice, quiet(3000))));
    expect(ear.story).toEqual(['duck', 'release']);
  });

  it('has its voice alone decide about an avatar whose sound is not known', async () => {
    const ear = await createEar();
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(join(quiet(500), userVoice, quiet(1500))));
    expect(ear.story.slice(0, 3)).toEqual(['duck', 'cut', 'speech-start']);
    expect(ear.story).toContain('speech-end');
  });

  it('comes back when the avatar finishes while it is ducked', async () => {
    const ear = await createEar({ backchannelMs: 2000 });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(join(quiet(500), userVoice)), undefined, (detector, timeMs) => {
      if (timeMs === 1200) detector.setAvatarSpeaking(false);
    });
    expect(ear.story.slice(0, 2)).toEqual(['duck', 'release']);
    expect(ear.at('release')).toBe(1200);
    expect(ear.story).toContain('speech-start');
  });

  it('can be cut off once more in its next reply', async () => {
    const ear = await createEar();
    for (const _reply of ['first', 'second']) {
      ear.detector.setAvatarSpeaking(true);
      ear.hear(mix(join(quiet(500), userVoice, quiet(1500))));
      ear.detector.setAvatarSpeaking(false);
      ear.hear(quiet(500));
    }
    expect(ear.story.filter((type) => type === 'cut')).toHaveLength(2);
  });
});

describe('push-to-talk', () => {
  it('takes what is said while the button is down, whatever it is, and interrupts at once', async () => {
    const ear = await createEar({ mode: 'push-to-talk', preRollMs: 200 });
    ear.detector.setAvatarSpeaking(true);
    ear.hear(mix(join(silence(500), userVoice)), undefined, (detector, timeMs) => {
      if (timeMs === 800) detector.setTalking(true);
      if (timeMs === 1500) detector.setTalking(false);
    });
    expect(ear.events).toMatchObject([{ type: 'cut', by: 'push-to-talk' }, { type: 'speech-start' }, { type: 'speech-end' }]);
    expect(ear.at('cut')).toBe(790);
    expect(soundOf(ear.events[2]).length).toBe((200 + 700) * 16);
  });

  it('hears no button in other modes, and ends what was said when the mode changes', async () => {
    const ear = await createEar();
    ear.detector.setTalking(true);
    expect(ear.events).toEqual([]);
    ear.detector.setMode('push-to-talk');
    ear.hear(quiet(300));
    ear.detector.setTalking(true);
    ear.hear(quiet(300));
    ear.detector.setMode('voice');
    expect(ear.story).toEqual(['speech-start', 'speech-end']);
  });
});

describe('a source that is late', () => {
  it('hands out the same utterance', async () => {
    const spoken = join(quiet(1000), mix(userVoice), quiet(1500));
    const punctual = await createEar();
    punctual.hear(spoken);
    const late = await createEar({ source: lateSource });
    late.hear(spoken);
    const first = (events: readonly Happening[], type: string) => soundOf(events.find((event) => event.type === type));
    const expected = first(punctual.events, 'speech-start');
    const start = first(late.events, 'speech-start');
    expect(start.length).toBeGreaterThan(expected.length);
    expect([...start.slice(0, expected.length)]).toEqual([...expected]);
  });
});

/** The spectral source, four frames at a time. */
async function lateSource({ onLabel }: VoiceSourceOptions) {
  const { createSpectralSource } = await import('../../../../src/turn-taking/voice/spectral/createSpectralSource.js');
  let frames: Int16Array[] = [];
  const source = createSpectralSource({ onLabel });
  return {
    ...source,
    latencyMs: 40,
    push(frame: Int16Array) {
      frames.push(frame.slice());
      if (frames.length === 4) frames.splice(0).forEach((each) => source.push(each));
    },
    reset() {
      frames = [];
      source.reset();
    },
  };
}

it('refuses options and frames that cannot be, and says which', async () => {
  for (const [name, options] of Object.entries({
    mode: { mode: 'shout' as 'voice' },
    backchannelMs: { backchannelMs: -1 },
    duckDb: { duckDb: 61 },
    preRollMs: { preRollMs: Number.NaN },
    sensitivity: { sensitivity: 2 },
    maxUtteranceMs: { maxUtteranceMs: 10 },
    profile: { profile: 'loud' as 'quiet' },
  } satisfies Record<string, TurnDetectorOptions>)) {
    await expect(createEar(options), name).rejects.toMatchObject({ reason: 'invalid-options', message: expect.stringContaining(name === 'mode' ? 'mode' : name) });
  }
  const { detector } = await createEar();
  expect(() => detector.setMode('shout' as 'voice')).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  expect(() => detector.push({ samples: new Int16Array(80), reference: new Int16Array(160), sequence: 0, timeMs: 0 })).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
});

it('says nothing after it was closed', async () => {
  const ear = await createEar();
  ear.hear(join(quiet(500), mix(userVoice.slice(0, 1000 * 16))));
  ear.detector.close();
  ear.detector.close();
  ear.detector.flush();
  ear.hear(mix(userVoice));
  expect(ear.story).toEqual(['speech-start']);
});
