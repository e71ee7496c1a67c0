import type { TurnSpanName } from '../devtools/turnSpans.js';

/** The words of the developer tools. Names of events, reasons and faults are those of the code, in every language. */
export interface DevtoolsLabels {
  /** Accessible name of the panel. */
  readonly devtools: string;
  readonly devtoolsOpen: string;
  readonly devtoolsClose: string;
  /** On the edge that makes the panel higher and lower; the arrow keys move it too. */
  readonly devtoolsResize: string;
  readonly devtoolsLoading: string;
  /** The code of the panel could not be fetched. */
  readonly devtoolsFailed: string;
  /** Heading of the list of turns, which shows what each took. */
  readonly devtoolsTurns: string;
  readonly devtoolsTurnsEmpty: string;
  readonly devtoolsTurn: (turnId: number) => string;
  /** The parts of a turn; all but the first and the last are told from the end of the user's speech. */
  readonly devtoolsSpans: Readonly<Record<TurnSpanName, string>>;
  /** Heading of the log. */
  readonly devtoolsEvents: string;
  readonly devtoolsEventsEmpty: string;
  /** Nothing in the log has what was filtered for. */
  readonly devtoolsFilterEmpty: string;
  readonly devtoolsFilter: string;
  readonly devtoolsPause: string;
  readonly devtoolsClear: string;
  readonly devtoolsCopy: string;
  readonly devtoolsCopied: string;
  readonly devtoolsCopyFailed: string;
  /** Heading of the picture of the sound in both directions. */
  readonly devtoolsSignal: string;
  /** What the microphone sends. */
  readonly devtoolsSent: string;
  /** What comes back. */
  readonly devtoolsReceived: string;
  /** Heading of the switches that make the emulator fail. */
  readonly devtoolsFaults: string;
  /** Names the list of all faults. */
  readonly devtoolsFault: string;
  /** Makes the chosen fault happen. */
  readonly devtoolsFaultArm: string;
  /** @param faults names of those that wait for their moment */
  readonly devtoolsFaultsArmed: (faults: readonly string[]) => string;
  readonly devtoolsEmulatorDown: string;
}

/** In English. */
export const englishTools: DevtoolsLabels = {
  devtools: 'Avatar developer tools',
  devtoolsOpen: 'Open the avatar developer tools',
  devtoolsClose: 'Close',
  devtoolsResize: 'Height of the panel',
  devtoolsLoading: 'Loading',
  devtoolsFailed: 'The developer tools could not be loaded. Reload the page.',
  devtoolsTurns: 'Turns',
  devtoolsTurnsEmpty: 'No turn yet. Say something.',
  devtoolsTurn: (turnId) => `Turn ${turnId}`,
  devtoolsSpans: { speech: 'Speech', sent: 'Sent', reply: 'First audio', heard: 'Heard', picture: 'Seen', silence: 'Silence' },
  devtoolsEvents: 'Events',
  devtoolsEventsEmpty: 'Nothing has happened yet.',
  devtoolsFilterEmpty: 'No event matches.',
  devtoolsFilter: 'Filter',
  devtoolsPause: 'Pause',
  devtoolsClear: 'Clear',
  devtoolsCopy: 'Copy as JSON',
  devtoolsCopied: 'Copied',
  devtoolsCopyFailed: 'Not copied',
  devtoolsSignal: 'Sound',
  devtoolsSent: 'You',
  devtoolsReceived: 'Assistant',
  devtoolsFaults: 'Make the emulator fail',
  devtoolsFault: 'Fault',
  devtoolsFaultArm: 'Do it',
  devtoolsFaultsArmed: (faults) => (faults.length === 0 ? 'No fault is waiting.' : `Waiting: ${faults.join(', ')}`),
  devtoolsEmulatorDown: 'The emulator does not answer.',
};
