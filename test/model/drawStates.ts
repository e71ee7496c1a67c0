import type { SessionMachine } from '../../src/session/reduceSession.js';
import { exploreInterruption } from './exploreInterruption.js';
import { coreKey, exploreSession, type Exploration } from './exploreSession.js';
import { WIRINGS } from './sessionAlphabet.js';

const MAX_ATTEMPTS = 2;

/** An arrow of a diagram. */
interface Arrow {
  readonly from: string;
  readonly by: string;
  readonly to: string;
}

/** `docs/session-states.md`: what an exploration of the session has found, as tables and diagrams. */
export function drawStates(): string {
  const explorations = Object.entries(WIRINGS).map(([name, unused]) => ({ name, exploration: exploreSession({ wirings: [unused], maxAttempts: MAX_ATTEMPTS, keyOf: coreKey, isFaithful: true }) }));
  const [composed] = explorations;
  const whole = composed?.exploration ?? { states: [], edges: [], broken: [] };
  const interruption = exploreInterruption(3);
  return `# The states of a session

Made by \`npm run generate\` from an exploration of the session's own reducer (\`src/session/reduceSession.ts\`): beginning with a session
that has not started, every event that the surroundings can say is tried in every state, until no new state is found. A test makes this
page again and compares. Another one tries every event in every state, also those that could not come there, and a third lets things
happen by chance, 50,000 events in \`npm test\` and 1,000,000 in \`npm run fuzz\`. Each step is held against rules that know nothing of the
reducer's inside: \`test/model/sessionOracle.ts\`.

## What is seen

\`state.status\`, and the events that change it. \`part-fail\` leads to \`failed\` when trying again could not help, or has been tried often enough.

\`\`\`mermaid
stateDiagram-v2
  [*] --> idle
${mermaid(statusArrows(whole))}
\`\`\`

## What is behind it

A session is made of up to five parts: the grant, the microphone, the channel, the avatar and the voice service. Each is \`closed\`,
\`opening\`, \`open\`, \`lost\` (the microphone only: the session goes on without it) or \`unused\`.

\`\`\`mermaid
stateDiagram-v2
  [*] --> closed
${mermaid(partArrows(whole))}
\`\`\`

How many states there are with at most ${MAX_ATTEMPTS} attempts to connect again, by what the session uses. From each of them the session can end,
and from each of them it can become live.

| wiring | without | states | steps tried |
|---|---|---:|---:|
${explorations.map(({ name, exploration }) => `| ${name} | ${[...WIRINGS[name as keyof typeof WIRINGS]].join(', ') || 'nothing'} | ${exploration.states.length} | ${exploration.edges.length} |`).join('\n')}

## Who has the word

What becomes of the avatar's sound while the user speaks (\`src/turn-taking/detector/createInterruption.ts\`): lowered (\`ducked\`) at the first
sign of a voice, \`cut\` when that is certain. Found by giving it every sequence of three inputs, ${interruption.steps.toLocaleString('en')} inputs in all.

\`\`\`mermaid
stateDiagram-v2
  [*] --> idle
${mermaid(interruption.edges)}
\`\`\`
`;
}

/** One line for each pair of states. */
function mermaid(arrows: readonly Arrow[]): string {
  const labels = new Map<string, Set<string>>();
  for (const { from, by, to } of arrows) {
    const pair = `${from} --> ${to}`;
    labels.set(pair, (labels.get(pair) ?? new Set()).add(by));
  }
  return [...labels].map(([pair, names]) => `  ${pair}: ${[...names].sort().join(', ').replaceAll(':', '')}`).join('\n');
}

function statusArrows({ states, edges }: Exploration): Arrow[] {
  return edges.flatMap(({ from, event, to }) => {
    const [before, after] = [states[from]?.view.status, states[to]?.view.status];
    return before === undefined || after === undefined || before === after ? [] : [{ from: before, by: event.type, to: after }];
  });
}

function partArrows({ states, edges }: Exploration): Arrow[] {
  return edges.flatMap(({ from, event, to }) => {
    const [before, after] = [states[from], states[to]];
    // A start and an end put all of them back.
    if (!before || !after || before.phase !== 'running' || after.phase !== 'running') return [];
    return namesOf(before).flatMap((part) => {
      const [was, is] = [before.parts[part], after.parts[part]];
      if (was === is) return [];
      return [{ from: was, by: event.type === 'part-open' && event.part !== part ? 'what it needs is open' : event.type === 'part-fail' && event.part !== part ? 'another part fails' : event.type, to: is }];
    });
  });
}

function namesOf({ parts }: SessionMachine): readonly (keyof SessionMachine['parts'])[] {
  return Object.keys(parts) as (keyof SessionMachine['parts'])[];
}
