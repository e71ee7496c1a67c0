import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createVad, type Vad } from '../../../../src/turn-taking/vad/createVad.js';
import { createVadDump } from '../../../../src/turn-taking/vad/createVadDump.js';
import { createVadManager } from '../../../../src/turn-taking/vad/createVadManager.js';
import { defaultVadConfig, resolveVadConfig } from '../../../../src/turn-taking/vad/VadConfig.js';
import type { VoiceLabel } from '../../../../src/turn-taking/voice/VoiceLabel.js';

const SPEECH: VoiceLabel = { rmsDb: -20, voiceProbability: 95, pitchHz: 120 };
const SILENCE: VoiceLabel = { rmsDb: -80, voiceProbability: 3, pitchHz: null };

/** A frame that can be told from every other. */
const frameOf = (index: number) => new Int16Array(160).fill(index);

/** Frames by their number, as they were handed out, and the states that went with them. */
function listen(vad: Vad, labels: readonly VoiceLabel[], from = 0) {
  const heard: number[] = [];
  const states = labels.map((label, index) => {
    const { state, samples } = vad.push(frameOf(from + index), label);
    for (let at = 0; at < samples.length; at += 160) heard.push(samples[at] ?? -1);
    return state;
  });
  return { heard, states };
}

const many = (count: number, label: VoiceLabel) => Array.from({ length: count }, () => label);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe.each(['ratio', 'consecutive'] as const)('a %s detector', (generation) => {
  it('hands out the utterance with its pre-roll, every frame once and in order', () => {
    const vad = createVad({ generation });
    const { heard, states } = listen(vad, [...many(40, SILENCE), ...many(60, SPEECH), ...many(80, SILENCE)]);
    const start = states.indexOf(1);
    const stop = states.indexOf(3);
    expect(start).toBeGreaterThanOrEqual(40);
    expect(heard).toEqual(range(start - 45, stop + 1));
    expect(heard[0]).toBeLessThanOrEqual(40 - 10);
    expect(vad.speaking).toBe(false);
  });

  it('hands out nothing while nobody speaks', () => {
    expect(listen(createVad({ generation }), many(500, SILENCE)).heard).toEqual([]);
  });

  it('keeps what it has handed out at a start as it was', () => {
    const vad = createVad({ generation });
    let kept: Int16Array = new Int16Array(0);
    for (let i = 0; i < 200; i++) {
      const { state, samples } = vad.push(frameOf(i), SPEECH);
      if (state === 1) kept = samples;
    }
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(29);
  });

  it('refuses a frame of another length and stays as it was', () => {
    const vad = createVad({ generation });
    listen(vad, many(50, SPEECH));
    expect(() => vad.push(new Int16Array(480), SPEECH)).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
    expect(vad.speaking).toBe(true);
  });
});

describe('the configuration', () => {
  it('is copied, so that a second detector begins where the first did', () => {
    const config = { startRms: -50, stopRms: -50 };
    createVad({ generation: 'consecutive', config });
    const second = createVad({ generation: 'consecutive', config });
    expect(config).toEqual({ startRms: -50, stopRms: -50 });
    // Upstream adds 127 to the object each time: 204 for the second, which nothing can reach.
    expect(listen(second, many(60, { rmsDb: -40, voiceProbability: 0, pitchHz: null })).states).toContain(1);
  });

  it("has upstream's defaults", () => {
    expect(resolveVadConfig()).toEqual(defaultVadConfig);
    expect(defaultVadConfig).toMatchObject({ preStartRecognizeCount: 16, startRecognizeCount: 30, stopRecognizeCount: 50, activePercent: 0.7, inactivePercent: 0.5, startVoiceProb: 70, stopVoiceProb: 50, startRms: -50, stopRms: -50 });
  });

  it.each([
    [{ startRecognizeCount: 0 }, /startRecognizeCount.*1 to/],
    [{ stopRecognizeCount: 1.5 }, /whole number/],
    [{ activePercent: 70 }, /activePercent.*0 to 1/],
    [{ startRms: 77 }, /startRms.*-127 to 0/],
    [{ startVoiceProb: Number.NaN }, /startVoiceProb/],
    [{ start_recognize_count: 30 }, /There is no start_recognize_count/],
    [{ adaptiveRmsThreshold: 'yes' }, /true or false/],
    [null, /must be an object/],
  ])('is checked when the detector is made: %j', (config, message) => {
    expect(() => createVad({ config: config as never })).toThrow(expect.objectContaining({ reason: 'invalid-options', message: expect.stringMatching(message) as string }));
  });
});

describe('createVadManager', () => {
  it('keeps speakers apart whose channel and name run together to the same', () => {
    const manager = createVadManager();
    for (let i = 0; i < 60; i++) manager.push({ channel: 'a', user: 'bc' }, frameOf(i), SPEECH);
    expect(manager.push({ channel: 'ab', user: 'c' }, frameOf(0), SPEECH)?.state).toBe(0);
    expect(manager.size).toBe(2);
  });

  it('hears the first frame of a speaker, unless it is strict', () => {
    expect(createVadManager().push({ channel: 'a', user: 1 }, frameOf(0), SPEECH)).not.toBeNull();
    const strict = createVadManager({ strict: true });
    expect(strict.push({ channel: 'a', user: 1 }, frameOf(0), SPEECH)).toBeNull();
    expect(strict.push({ channel: 'a', user: 1 }, frameOf(1), SPEECH)).not.toBeNull();
  });

  it('forgets a speaker who was removed, and everybody when it is closed', () => {
    const manager = createVadManager();
    const speaker = { channel: 'a', user: 'b' };
    for (let i = 0; i < 60; i++) manager.push(speaker, frameOf(i), SPEECH);
    manager.remove(speaker);
    expect(manager.size).toBe(0);
    expect(manager.push(speaker, frameOf(0), SPEECH)?.state).toBe(0);
    manager.close();
    expect(manager.push(speaker, frameOf(0), SPEECH)).toBeNull();
    expect(manager.size).toBe(0);
  });

  it('refuses a wrong configuration when it is made, and not in the middle of a call', () => {
    expect(() => createVadManager({ config: { stopRecognizeCount: 0 } })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});

describe('createVadDump', () => {
  const date = new Date(2026, 0, 2, 3, 4, 5);

  async function filesOf(blob: Blob): Promise<Record<string, Uint8Array>> {
    return unzipSync(new Uint8Array(await blob.arrayBuffer()));
  }

  it("writes upstream's files: all sound, each utterance, a line for each frame, and the curves", async () => {
    const vad = createVad({ generation: 'consecutive' });
    const dump = createVadDump({ date });
    const labels = [...many(20, SILENCE), ...many(60, SPEECH), ...many(80, SILENCE), ...many(50, SPEECH)];
    labels.forEach((label, index) => dump.write(frameOf(index), label, vad.push(frameOf(index), label)));
    const files = await filesOf(await dump.toZip());
    const folder = '20260102030405/';
    expect(Object.keys(files).sort()).toEqual(['label.txt', 'pitch.pcm', 'rms.pcm', 'source.pcm', 'vad_0.pcm', 'vad_1.pcm', 'voice_prob.pcm'].map((name) => folder + name));
    const samplesOf = (name: string) => new Int16Array((files[folder + name] ?? new Uint8Array()).slice().buffer);
    expect(samplesOf('source.pcm')).toHaveLength(labels.length * 160);
    expect(samplesOf('vad_0.pcm')[0]).toBe(4);
    expect(samplesOf('rms.pcm')[0]).toBe((127 - 80) * 127);
    expect(samplesOf('pitch.pcm')[25 * 160]).toBe(120);
    expect(samplesOf('voice_prob.pcm')[25 * 160]).toBe(Math.trunc(0.95 * 127 * 127));
    const lines = new TextDecoder().decode(files[`${folder}label.txt`]).split('\n');
    expect(lines[0]).toBe('ct:0 fct:0 state:0 far:1 vop:3 rms:-80 pitch:0 mup:0');
    expect(lines[60]).toBe('ct:1 fct:60 state:2 far:1 vop:95 rms:-20 pitch:120 mup:0');
    expect(lines.at(-1)).toBe('');
  });

  it('holds a curve within 16 bits where upstream breaks off', async () => {
    const dump = createVadDump({ date });
    const vad = createVad();
    dump.write(frameOf(0), { rmsDb: 900, voiceProbability: 1e6, pitchHz: 1e6 }, vad.push(frameOf(0), SPEECH));
    const files = await filesOf(await dump.toZip());
    expect(new Int16Array((files['20260102030405/pitch.pcm'] ?? new Uint8Array()).slice().buffer)[0]).toBe(32_767);
  });

  it('leaves the curves out for the older generation', async () => {
    expect(Object.keys(await filesOf(await createVadDump({ generation: 'ratio', date }).toZip()))).toEqual(['20260102030405/source.pcm', '20260102030405/label.txt']);
  });

  it('is bounded, and says so', async () => {
    const dump = createVadDump({ date, maxDurationMs: 100 });
    const vad = createVad();
    for (let i = 0; i < 30; i++) dump.write(frameOf(i), SPEECH, vad.push(frameOf(i), SPEECH));
    expect(dump.truncated).toBe(true);
    expect((await filesOf(await dump.toZip()))['20260102030405/source.pcm']).toHaveLength(10 * 320);
  });

  it('keeps nothing after it was closed', async () => {
    const dump = createVadDump({ date });
    dump.close();
    await expect(dump.toZip()).rejects.toMatchObject({ reason: 'not-ready' });
  });
});
