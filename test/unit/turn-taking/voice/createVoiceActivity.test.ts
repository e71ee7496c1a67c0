import { describe, expect, it, vi } from 'vitest';
import { VAD_STATE, type VadState } from '../../../../src/turn-taking/vad/VadState.js';
import { createVoiceActivity, type VoiceActivityOptions } from '../../../../src/turn-taking/voice/createVoiceActivity.js';
import type { CreateVoiceSource, VoiceSourceOptions } from '../../../../src/turn-taking/voice/VoiceProbabilitySource.js';

/** Machine of 3 frames to start and 4 to stop, with 2 frames before. */
const short: VoiceActivityOptions = { config: { preStartRecognizeCount: 2, startRecognizeCount: 3, stopRecognizeCount: 4, activePercent: 1, inactivePercent: 1 } };
const FRAME = 160;
const frameOf = (value: number) => new Int16Array(FRAME).fill(value);
const labelFor = (isSpeech: boolean) => ({ rmsDb: -20, voiceProbability: isSpeech ? 100 : 0, pitchHz: null });

/** Takes a frame for speech when its samples are not 0 and above 0; labels `late` frames afterwards. */
function fakeSource(late = 0) {
  const frames: boolean[] = [];
  const calls = { closed: 0, reset: 0 };
  let options: VoiceSourceOptions | null = null;
  const create: CreateVoiceSource = async (given) => {
    options = given;
    return {
      kind: 'fake',
      latencyMs: 10 * late,
      push(frame) {
        frames.push((frame[0] ?? 0) > 0);
        if (frames.length > late) given.onLabel(labelFor(frames.shift() ?? false));
      },
      reset() {
        calls.reset++;
        frames.length = 0;
      },
      close() {
        calls.closed++;
      },
    };
  };
  return { create, calls, label: (isSpeech: boolean) => options?.onLabel(labelFor(isSpeech)) };
}

const say = (activity: { push(frame: Int16Array): void }, pattern: string) => [...pattern].forEach((mark, index) => activity.push(frameOf(mark === '#' ? index + 1 : -index - 1)));

describe('createVoiceActivity', () => {
  it('hands out the utterance with the sound from before its start', async () => {
    const onSpeechEnd = vi.fn<(audio: Float32Array) => void>();
    const activity = await createVoiceActivity({ ...short, source: fakeSource().create, onSpeechEnd });
    say(activity, '.....#####....');
    expect(onSpeechEnd).toHaveBeenCalledTimes(1);
    const audio = onSpeechEnd.mock.calls[0]?.[0] ?? new Float32Array(0);
    expect(Array.from({ length: audio.length / FRAME }, (_, frame) => Math.round((audio[frame * FRAME] ?? 0) * 32768))).toEqual([-4, -5, 6, 7, 8, 9, 10, -11, -12, -13, -14]);
  });

  it('gives the same sound when labels come late', async () => {
    const heard = await Promise.all(
      [0, 7].map(async (late) => {
        const parts: number[][] = [];
        const activity = await createVoiceActivity({ ...short, source: fakeSource(late).create, onSpeechEnd: (audio) => parts.push([...audio]) });
        say(activity, '.....#####........######....................');
        return parts.map((samples) => samples.join());
      }),
    );
    expect(heard[0]).toHaveLength(2);
    expect(heard[1]).toEqual(heard[0]);
  });

  it('copies the frame, so that a microphone may use its buffer again', async () => {
    const parts: Float32Array[] = [];
    const activity = await createVoiceActivity({ ...short, source: fakeSource(3).create, onSpeechEnd: (audio) => parts.push(audio) });
    const buffer = new Int16Array(FRAME);
    for (const mark of '...#####.......') activity.push(buffer.fill(mark === '#' ? 1000 : 0));
    expect(parts[0]?.filter((sample) => sample > 0)).toHaveLength(5 * FRAME);
  });

  it('calls a start a misfire when less was said than counts, and hands out nothing', async () => {
    const [onSpeechStart, onSpeechEnd, onVADMisfire] = [vi.fn(), vi.fn(), vi.fn()];
    const activity = await createVoiceActivity({ source: fakeSource().create, positiveSpeechThreshold: 0.5, negativeSpeechThreshold: 0.4, redemptionMs: 50, minSpeechMs: 60, onSpeechStart, onSpeechEnd, onVADMisfire });
    say(activity, '..#####.....');
    expect([onSpeechStart, onSpeechEnd, onVADMisfire].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 1]);
    say(activity, '..######.....');
    expect([onSpeechStart, onSpeechEnd, onVADMisfire].map((listener) => listener.mock.calls.length)).toEqual([2, 1, 1]);
  });

  it('tells of every frame with its state', async () => {
    const states: VadState[] = [];
    const activity = await createVoiceActivity({ ...short, source: fakeSource().create, onFrame: (_, state) => states.push(state) });
    say(activity, '..###.....');
    const { nonSpeaking, start, speaking, stop } = VAD_STATE;
    expect(states).toEqual([nonSpeaking, nonSpeaking, nonSpeaking, nonSpeaking, start, speaking, speaking, speaking, stop, nonSpeaking]);
  });

  it('ends what is being said when it is flushed', async () => {
    const onSpeechEnd = vi.fn();
    const activity = await createVoiceActivity({ ...short, source: fakeSource().create, onSpeechEnd });
    say(activity, '..####');
    expect(activity.speaking).toBe(true);
    activity.flush();
    expect(activity.speaking).toBe(false);
    expect(onSpeechEnd).toHaveBeenCalledTimes(1);
    activity.flush();
    expect(onSpeechEnd).toHaveBeenCalledTimes(1);
  });

  it('gives an utterance without an end in parts, and loses no sound between them', async () => {
    const parts: Float32Array[] = [];
    const activity = await createVoiceActivity({ ...short, source: fakeSource().create, maxSpeechMs: 1000, onSpeechEnd: (audio) => parts.push(audio) });
    say(activity, '#'.repeat(250));
    activity.flush();
    const frames = parts.flatMap((audio) => Array.from({ length: audio.length / FRAME }, (_, frame) => Math.round((audio[frame * FRAME] ?? 0) * 32768)));
    expect(parts).toHaveLength(3);
    expect(frames).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  });

  it('calls nobody after it was closed, whatever the source still says, and closes the source once', async () => {
    const source = fakeSource(20);
    const listener = vi.fn();
    const activity = await createVoiceActivity({ ...short, source: source.create, onSpeechStart: listener, onSpeechEnd: listener, onFrame: listener });
    say(activity, '##########');
    activity.close();
    activity.close();
    for (let frame = 0; frame < 10; frame++) source.label(true);
    say(activity, '##########');
    activity.flush();
    expect(listener).not.toHaveBeenCalled();
    expect(source.calls.closed).toBe(1);
  });

  it('forgets what is being said when it is reset', async () => {
    const source = fakeSource();
    const onSpeechEnd = vi.fn();
    const activity = await createVoiceActivity({ ...short, source: source.create, onSpeechEnd });
    say(activity, '..#####');
    activity.reset();
    say(activity, '.......');
    expect(onSpeechEnd).not.toHaveBeenCalled();
    expect(source.calls.reset).toBe(1);
  });

  it('refuses a frame of another length', async () => {
    const activity = await createVoiceActivity();
    expect(() => activity.push(new Int16Array(480))).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
  });

  it('rejects when the source cannot be loaded', async () => {
    await expect(createVoiceActivity({ source: () => Promise.reject(new Error('offline')) })).rejects.toThrow('offline');
  });
});
