// Source: agora/rtc/voice_detection.py of Agora's Python server SDK 2.1.6 and 2.4.9; what it answered to random input is in the fixture.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConsecutiveVad } from '../../src/turn-taking/vad/createConsecutiveVad.js';
import { createRatioVad } from '../../src/turn-taking/vad/createRatioVad.js';
import { resolveVadConfig, type VadConfig } from '../../src/turn-taking/vad/VadConfig.js';
import type { VadMachine } from '../../src/turn-taking/vad/VadState.js';

type Frame = readonly [farField: number, voiceProbability: number, rms: number];
type Transition = readonly [index: number, state: number, frames: number];
interface Recording {
  readonly frames: readonly Frame[];
  readonly transitions: readonly Transition[];
}
interface Case {
  readonly config: Omit<VadConfig, 'startRms' | 'stopRms' | 'adaptiveRmsThreshold' | 'adaptiveRmsThresholdFactor'> & { readonly rmsThreshold: number };
  readonly ratio: Recording;
  readonly consecutive: Recording;
}

const golden = JSON.parse(readFileSync(new URL('../fixtures/agora-golden.json', import.meta.url), 'utf8')) as { readonly vad: readonly Case[] };
const cases = golden.vad.map((entry, index) => ({ ...entry, index }));

function configOf({ rmsThreshold, ...config }: Case['config']): VadConfig {
  return resolveVadConfig({ ...config, startRms: rmsThreshold, stopRms: rmsThreshold });
}

function transitionsOf(machine: VadMachine, frames: readonly Frame[]): Transition[] {
  const found: Transition[] = [];
  frames.forEach(([farField, probability, rms], index) => {
    const state = machine.step(farField === 1, probability, rms);
    if (state === 1) found.push([index, 1, machine.startFrames]);
    if (state === 3) found.push([index, 3, 1]);
  });
  return found;
}

describe('voice activity as Agora decides it', () => {
  it.each(cases)('finds the utterances of recording $index by ratio', ({ config, ratio }) => {
    expect(transitionsOf(createRatioVad(configOf(config), true), ratio.frames)).toEqual(ratio.transitions);
  });

  it.each(cases)('finds the utterances of recording $index by consecutive frames', ({ config, consecutive }) => {
    expect(transitionsOf(createConsecutiveVad(configOf(config), true), consecutive.frames)).toEqual(consecutive.transitions);
  });
});
