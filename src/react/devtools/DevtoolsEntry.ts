import type { SessionEventMap } from '../../session/AvatarSession.js';

/** Where an event comes from. */
export type DevtoolsArea = 'session' | 'turn' | 'avatar' | 'voice' | 'channel' | 'error';

/** One line of the log: redacted, and of plain values only. */
export interface DevtoolsEntry {
  /** Counts up from 1 as long as the log lives. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly area: DevtoolsArea;
  /** The event's name as `session.on` takes it, or `attach` for the session that the log begins to follow. */
  readonly type: keyof SessionEventMap | 'attach';
  /** What happened, in one line. */
  readonly summary: string;
  /** All of it. */
  readonly detail: unknown;
}
