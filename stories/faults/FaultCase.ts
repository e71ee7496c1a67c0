import type { EmulatedVendor, FaultRequest } from '../../src/emulator/faults/createFaults.js';
import type { SessionState } from '../../src/session/state.js';
import type { ScriptedSession } from '../../src/testing/createScriptedSession.js';

/** One thing that goes wrong, as the page hears of it. */
export interface FaultCase {
  readonly name: string;
  /** What happens, and what the session does about it. A sentence or two. */
  readonly happens: string;
  /** What the user can do; "Nothing" where that is all. */
  readonly remedy: string;
  /** Before it breaks; the rest is a live session. */
  readonly state?: Partial<SessionState>;
  /** What the page hears when it breaks. */
  readonly breaks: Partial<SessionState> | ((session: ScriptedSession) => void);
  /** What the page hears when it is over, by itself or after the user has tried again. */
  readonly mends: Partial<SessionState> | ((session: ScriptedSession) => void);
  /** What is read on the page meanwhile. Null: nothing is, and the session stays live. */
  readonly sees: string | RegExp | null;
  /** The button that the user presses to mend it; left out where it mends by itself. */
  readonly presses?: string;
  /** How to see it happen to a live session, where the emulator can do it. */
  readonly live?: { readonly vendor: EmulatedVendor; readonly fault: FaultRequest };
}
