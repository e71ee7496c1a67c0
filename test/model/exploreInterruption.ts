import { createInterruption, type BargeInSignal, type Interruption } from '../../src/turn-taking/detector/createInterruption.js';
import type { TurnMode } from '../../src/turn-taking/detector/TurnDetectorEvent.js';

/** Something that is said to the machine that decides what becomes of the avatar's sound. */
type Input =
  | { readonly type: 'frame'; readonly signal: BargeInSignal | null; readonly mode: TurnMode; readonly busy: boolean; readonly frames: number }
  | { readonly type: 'words'; readonly mode: TurnMode; readonly busy: boolean }
  | { readonly type: 'settle'; readonly cut: boolean };

export interface InterruptionEdge {
  readonly from: string;
  readonly by: string;
  readonly to: string;
}

export interface InterruptionExploration {
  /** Inputs that were given, over all sequences. */
  readonly steps: number;
  /** Distinct, in the order in which they were found. */
  readonly edges: readonly InterruptionEdge[];
  /** What did not hold. */
  readonly broken: readonly string[];
}

const MODES: readonly TurnMode[] = ['voice', 'transcript', 'push-to-talk', 'off'];
const SIGNALS: readonly (BargeInSignal | null)[] = ['duck', 'confirm', 'release', null];
/** More frames than any wait of the machine lasts. */
const LONG_FRAMES = 600;

const INPUTS: readonly Input[] = [
  ...MODES.flatMap((mode) => SIGNALS.map((signal): Input => ({ type: 'frame', signal, mode, busy: true, frames: 1 }))),
  { type: 'frame', signal: null, mode: 'transcript', busy: true, frames: LONG_FRAMES },
  { type: 'frame', signal: 'confirm', mode: 'voice', busy: false, frames: 1 },
  ...MODES.map((mode): Input => ({ type: 'words', mode, busy: true })),
  { type: 'words', mode: 'transcript', busy: false },
  { type: 'settle', cut: true },
  { type: 'settle', cut: false },
];

/** Gives the machine every sequence of inputs of that length. It keeps its state to itself, so each sequence begins anew. */
export function exploreInterruption(length: number): InterruptionExploration {
  const edges = new Map<string, InterruptionEdge>();
  const broken = new Set<string>();
  let steps = 0;
  const sequence: number[] = Array.from({ length }, () => 0);

  for (let round = 0; round < INPUTS.length ** length; round++) {
    const machine = createInterruption();
    for (let place = 0, rest = round; place < length; place++, rest = Math.floor(rest / INPUTS.length)) {
      sequence[place] = rest % INPUTS.length;
      const input = INPUTS[rest % INPUTS.length];
      if (!input) continue;
      steps++;
      const from = stateOf(machine);
      const said = give(machine, input);
      const to = stateOf(machine);
      for (const fault of faultsOf(input, from, said, to)) if (broken.size < 20) broken.add(`${fault} (inputs ${sequence.slice(0, place + 1).join(', ')})`);
      const by = nameOf(input);
      if (from !== to) edges.set(`${from}|${by}|${to}`, { from, by, to });
    }
  }
  return { steps, edges: [...edges.values()], broken: [...broken] };
}

/** What must hold of a step. */
function faultsOf(input: Input, from: string, said: readonly string[], to: string): string[] {
  const faults: string[] = [];
  const rule = (isKept: boolean, words: string): void => void (isKept || faults.push(words));
  const cuts = said.includes('cut');
  const count = (word: string): number => said.filter((each) => each === word).length;
  if (input.type === 'frame') {
    if (!input.busy) rule(to === 'idle', 'there is nothing to interrupt and the sound is still lowered or cut');
    if (input.mode === 'push-to-talk' || input.mode === 'off') rule(to !== 'ducked' && !cuts, `a voice does something in the mode ${input.mode}`);
    rule(cuts === (from !== 'cut' && to === 'cut'), 'it is cut without a word, or says so twice');
    if (cuts) rule(input.mode === 'voice' && input.signal === 'confirm', 'it is cut by less than a voice that is certain');
    if (input.frames === LONG_FRAMES && input.signal === null && from === 'ducked') rule(count('release') <= 1, 'it is released more than once');
    rule(count('duck') - count('release') === Number(to === 'ducked') - Number(from === 'ducked') || cuts, 'lowering and bringing back do not alternate');
  }
  if (input.type === 'words') rule(cuts === (input.busy && input.mode === 'transcript' && from !== 'cut') && cuts === (from !== to), 'words cut what they should not, or the reverse');
  return faults;
}

function stateOf(machine: Interruption): string {
  return machine.cut ? 'cut' : machine.ducked ? 'ducked' : 'idle';
}

function give(machine: Interruption, input: Input): string[] {
  if (input.type === 'settle') {
    machine.settle(input.cut);
    return [];
  }
  if (input.type === 'words') return machine.hearWords(input.mode, input.busy) ? ['cut'] : [];
  return Array.from({ length: input.frames }, () => machine.step(input.signal, input.mode, input.busy)).filter((said) => said !== null);
}

function nameOf(input: Input): string {
  if (input.type === 'settle') return input.cut ? 'cut by other means' : 'begins anew';
  if (input.type === 'words') return 'words';
  if (!input.busy) return 'falls silent';
  if (input.mode === 'push-to-talk' || input.mode === 'off') return 'mode without voice';
  if (input.frames > 1) return 'no words for long';
  return input.signal === null ? 'nothing new' : `voice: ${input.signal}`;
}
