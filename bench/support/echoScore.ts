import { performance } from 'node:perf_hooks';
import { createBargeInDetector } from '../../src/turn-taking/echo/createBargeInDetector.js';
import { echoConditions } from './echoConditions.js';
import { createThresholdContender, type EchoContender } from './echoContender.js';
import { playEchoScene, type EchoBargeIn } from './echoScene.js';

/** One room, in which one contender first hears an avatar alone and then a user who breaks in. */
export interface EchoTask {
  readonly condition: number;
  readonly contender: EchoContenderName;
  readonly seed: number;
  readonly echoSeconds: number;
  readonly phrases: number;
}

export type EchoContenderName = 'none' | 'threshold' | 'ours';

export interface EchoTally {
  readonly seconds: number;
  readonly changes: number;
  readonly ducks: number;
  readonly cuts: number;
  readonly bargeIns: readonly EchoBargeIn[];
  /** Microseconds that frames took, every tenth of them. */
  readonly costsUs: readonly number[];
}

export function playEchoTask({ condition: index, contender, seed, echoSeconds, phrases }: EchoTask): EchoTally {
  const condition = echoConditions[index];
  if (!condition) throw new Error(`there is no condition ${index}`);
  const costsUs: number[] = [];
  const echo = playEchoScene(condition, 2 * seed, timed(create(contender), costsUs), { seconds: echoSeconds, phrases: 0 });
  const { bargeIns } = playEchoScene(condition, 2 * seed + 1, timed(create(contender), costsUs), { seconds: 0, phrases });
  return { seconds: echo.seconds, changes: echo.changes, ducks: echo.ducks, cuts: echo.cuts, bargeIns, costsUs };
}

export function addTallies(tallies: readonly EchoTally[]): EchoTally {
  const sum = (pick: (tally: EchoTally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0);
  return {
    seconds: sum((tally) => tally.seconds),
    changes: sum((tally) => tally.changes),
    ducks: sum((tally) => tally.ducks),
    cuts: sum((tally) => tally.cuts),
    bargeIns: tallies.flatMap((tally) => tally.bargeIns),
    costsUs: tallies.flatMap((tally) => tally.costsUs),
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

function create(name: EchoContenderName): EchoContender {
  if (name !== 'ours') return createThresholdContender(name === 'none' ? 0 : 12);
  const detector = createBargeInDetector();
  return { push: (microphone, reference) => detector.push(microphone, reference).event };
}

function timed(contender: EchoContender, costsUs: number[]): EchoContender {
  let frame = 0;
  return {
    push(microphone, reference) {
      if (frame++ % 10 !== 0) return contender.push(microphone, reference);
      const before = performance.now();
      const decision = contender.push(microphone, reference);
      // Not before the code has been compiled.
      if (frame > 1000) costsUs.push(1000 * (performance.now() - before));
      return decision;
    },
  };
}
