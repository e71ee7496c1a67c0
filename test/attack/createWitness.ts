import type { Grant } from '../../src/grant/grant.js';

/** Remembers what left the server, and looks for secrets in it. */
export interface Witness {
  /** Notes what somebody outside was told: an answer, a frame, a close reason. */
  answered(...texts: string[]): void;
  /** Notes the passes of a grant: they are for its page, and never for a log. */
  issued(grant: Grant): Grant;
  /** Lets go of what was noted, after looking through it. @throws when something has leaked. */
  forget(): void;
  /** Each secret that was found where it must not be. */
  leaks(): string[];
}

export interface WitnessOptions {
  readonly secrets: readonly string[];
  /** Of the vendors: for the operator's log, and nobody else. */
  readonly addresses: () => readonly string[];
  /** Of the avatars. */
  readonly publisherTokens: () => readonly string[];
  /** What the operator sees: log and metrics. */
  readonly internal: () => readonly string[];
}

/** In any spelling that somebody could undo without knowing it. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

export function createWitness({ secrets, addresses, publisherTokens, internal }: WitnessOptions): Witness {
  const told: string[] = [];
  const passes: string[] = [];

  function find(where: string, texts: readonly string[], needles: readonly string[]): string[] {
    const all = texts.join('\n');
    return needles.filter((needle) => spellings(needle).some((spelling) => all.includes(spelling))).map((needle) => `${where}: ${needle}`);
  }

  const leaks = (): string[] => [
    ...find('answer', told, [...secrets, ...addresses(), ...publisherTokens()]),
    ...find('log or metrics', internal(), [...secrets, ...publisherTokens(), ...passes]),
  ];

  return {
    answered: (...texts) => void told.push(...texts),
    issued(grant) {
      const { avatar, voice, renewal, channel } = grant;
      const tickets = [avatar, voice].flatMap((part) => (part !== undefined && 'ticket' in part ? [part.ticket] : []));
      passes.push(...tickets, ...[renewal, channel?.token].flatMap((pass) => pass ?? []));
      return grant;
    },
    forget() {
      if (leaks().length > 0) throw new Error(`Leaked: ${leaks().join(', ')}`);
      told.length = 0;
    },
    leaks,
  };
}
