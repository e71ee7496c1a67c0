import type { TurnDetectorHost, TurnDetectorHostOptions } from '../../audio/createTurnDetectorHost.js';

/**
 * How the session tells that the user speaks, and what that does to the other side. See `TurnRules` for the rest.
 *
 * `source` names a better source of voice probability than the built-in one, such as `{ kind: 'rnnoise', ... }`.
 */
export type TurnTakingOptions = Omit<TurnDetectorHostOptions, 'microphone' | 'clock' | 'onSourceFailure'>;

/** Options, a detector of the application's own, or false for none. */
export type TurnTakingOption = TurnTakingOptions | TurnDetectorHost | false;
