// Source: turn-taking of Agora's server SDK 2.1.6 and 2.4, voice_detection.py; the vectors were recorded from it.
import { describe, expect, it } from 'vitest';
import { createConsecutiveVad } from '../../../../src/turn-taking/vad/createConsecutiveVad.js';
import { createRatioVad } from '../../../../src/turn-taking/vad/createRatioVad.js';
import { defaultVadConfig, resolveVadConfig } from '../../../../src/turn-taking/vad/VadConfig.js';
import type { VadMachine } from '../../../../src/turn-taking/vad/VadState.js';
import { createConsecutiveOracle, createRatioOracle } from './oracle.js';

const recorded = resolveVadConfig({ stopVoiceProb: 70 });
type Heard = Parameters<VadMachine['step']>;
const ACTIVE: Record<'ratio' | 'consecutive', Heard> = { ratio: [true, 90, -20], consecutive: [true, 1, 100] };
const SILENT: typeof ACTIVE = { ratio: [true, 0, -90], consecutive: [true, 0, 20] };
type Generation = keyof typeof ACTIVE;

/** `60a 120s` is 60 active frames and then 120 silent ones; `60(aas)` repeats. */
function play(machine: VadMachine, generation: Generation, pattern: string): string {
  const frames = [...pattern.matchAll(/(\d+)(?:\(([as]+)\)|([as]))/g)].flatMap(([, count, group, single]) => Array.from((group ?? single ?? '').repeat(Number(count))));
  return frames
    .map((kind, index) => {
      const state = machine.step(...(kind === 'a' ? ACTIVE : SILENT)[generation]);
      if (state === 1) return `(${index},1,${machine.startFrames})`;
      return state === 3 ? `(${index},3)` : '';
    })
    .join('');
}

describe('the detectors as upstream wrote them', () => {
  it.each([
    ['60a 120s', '(45,1,46)(95,3)', '(45,1,46)(109,3)'],
    ['100s 40a 100s', '(119,1,46)(169,3)', '(129,1,46)(189,3)'],
    ['100s 19a 100s', '', ''],
    ['100s 20a 100s', '(119,1,46)(169,3)', ''],
    ['100s 29a 100s', undefined, ''],
    ['100s 30a 100s', undefined, '(129,1,46)(179,3)'],
    ['50s 60(aas) 100s', '(78,1,46)(241,3)', ''],
    ['60a 30s 60a 100s', '(45,1,46)(95,3)(141,1,46)(191,3)', '(45,1,46)(199,3)'],
  ])('decide as recorded on %s', (pattern, ratio, consecutive) => {
    if (ratio !== undefined) expect(play(createRatioVad(recorded, true), 'ratio', pattern)).toBe(ratio);
    expect(play(createConsecutiveVad(recorded, true), 'consecutive', pattern)).toBe(consecutive);
  });

  it('count a frame only above the thresholds, in the far field', () => {
    const starts = (...frame: Parameters<VadMachine['step']>) => {
      const machine = createRatioVad(recorded, true);
      return Array.from({ length: 46 }, () => machine.step(...frame)).includes(1);
    };
    expect([starts(true, 71, -49), starts(true, 70, -49), starts(true, 71, -50), starts(false, 71, -49)]).toEqual([true, false, false, false]);
  });

  it('take a set flag or a loud frame for speech, and a probability for nothing', () => {
    const starts = (...frame: Parameters<VadMachine['step']>) => {
      const machine = createConsecutiveVad(recorded, true);
      return Array.from({ length: 46 }, () => machine.step(...frame)).includes(1);
    };
    expect([starts(true, 0, 77), starts(true, 0, 78), starts(true, 1, 0), starts(true, 80, 0)]).toEqual([false, true, true, false]);
  });

  it('agree with an independent oracle on a million random frames, whatever the configuration', () => {
    let seed = 12345;
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const whole = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
    let starts = 0;
    for (let round = 0; round < 100; round++) {
      const config = resolveVadConfig({
        preStartRecognizeCount: whole(0, 20),
        startRecognizeCount: whole(1, 30),
        stopRecognizeCount: whole(1, 60),
        activePercent: random(),
        inactivePercent: random(),
        startVoiceProb: whole(20, 80),
        stopVoiceProb: whole(20, 80),
        startRms: -whole(20, 70),
        stopRms: -whole(20, 70),
        adaptiveRmsThreshold: random() < 0.7,
      });
      const ratio = createRatioVad(config, true);
      const consecutive = createConsecutiveVad(config, true);
      const ratioOracle = createRatioOracle(config);
      const consecutiveOracle = createConsecutiveOracle(config);
      let isSpeech = false;
      for (let i = 0; i < 10_000; i++) {
        if (random() < 0.03) isSpeech = !isSpeech;
        const farField = random() < 0.98;
        const probability = isSpeech ? whole(30, 100) : whole(0, 70);
        const db = isSpeech ? -whole(5, 60) : -whole(40, 90);
        const flag = random() < (isSpeech ? 0.9 : 0.05) ? 1 : 0;
        const state = ratio.step(farField, probability, db);
        const [wanted, frames] = ratioOracle({ farField, probability, rms: db });
        if (state !== wanted || (state === 1 && ratio.startFrames !== frames)) expect.fail(`ratio, round ${round}, frame ${i}: ${state} for ${wanted}`);
        const other = consecutive.step(farField, flag, db + 127);
        const [otherWanted, otherFrames] = consecutiveOracle({ farField, probability: flag, rms: db + 127 });
        if (other !== otherWanted || (other === 1 && consecutive.startFrames !== otherFrames)) expect.fail(`consecutive, round ${round}, frame ${i}: ${other} for ${otherWanted}`);
        if (state === 1 || other === 1) starts++;
      }
    }
    expect(starts).toBeGreaterThan(1000);
  });
});

describe('what is mended by default', () => {
  it('hears speech that begins right after a stop: upstream is deaf to its first 46 frames', () => {
    const pattern = '60a 30s 60a 100s';
    expect(play(createRatioVad(recorded, false), 'ratio', pattern)).toMatch(/^\(29,1,30\)\(\d+,3\)\(1[01]\d,1,\d+\)/);
    expect(play(createConsecutiveVad(recorded, false), 'consecutive', '50a 50s 30a 100s')).toBe('(29,1,30)(99,3)(129,1,30)(179,3)');
    expect(play(createConsecutiveVad(recorded, true), 'consecutive', '50a 50s 30a 100s')).toBe('(45,1,46)(99,3)');
  });

  it('hears speech with which the sound begins', () => {
    expect(play(createRatioVad(recorded, false), 'ratio', '40a')).toBe('(29,1,30)');
    expect(play(createRatioVad(recorded, true), 'ratio', '40a')).toBe('');
  });

  it('hands no frame out twice: the pre-roll of an utterance begins after the one before', () => {
    const machine = createConsecutiveVad(recorded, false);
    expect(play(machine, 'consecutive', '40a 50s 35a')).toBe('(29,1,30)(89,3)(119,1,30)');
    expect(play(createConsecutiveVad(recorded, false), 'consecutive', '40a 60s 35a')).toBe('(29,1,30)(89,3)(129,1,40)');
  });

  it('does not begin an utterance on a silent frame for what was said before the stop', () => {
    const config = resolveVadConfig({ ...defaultVadConfig, activePercent: 0.3, inactivePercent: 0.2, stopRecognizeCount: 20 });
    expect(play(createRatioVad(config, false), 'ratio', '60a 100s')).toMatch(/^\(29,1,30\)\(\d+,3\)$/);
  });

  it('counts all frames of a window', () => {
    // 20 active of 30: upstream takes the oldest of them for active.
    const config = resolveVadConfig({ activePercent: 0.7, preStartRecognizeCount: 0 });
    expect(play(createRatioVad(config, true), 'ratio', '10s 20a')).toBe('(29,1,30)');
    expect(play(createRatioVad(config, false), 'ratio', '10s 20a')).toBe('');
    expect(play(createRatioVad(config, false), 'ratio', '10s 21a')).toBe('(30,1,30)');
  });

  it('begins anew after a reset', () => {
    for (const strict of [true, false]) {
      for (const machine of [createRatioVad(recorded, strict), createConsecutiveVad(recorded, strict)]) {
        const generation = machine.step.length === 3 ? 'ratio' : 'consecutive';
        play(machine, generation, '50a');
        machine.reset();
        expect(machine.step(true, 0, -127)).toBe(0);
      }
    }
  });
});
