import type { AvatarSession } from '../../session/AvatarSession.js';
import { createTalkGate, type TalkGate } from './createTalkGate.js';

// An index and no state of its own: a gate lives as long as its session. Providers that share a session share it by this.
const GATES = new WeakMap<AvatarSession, TalkGate>();

/** The one gate of a session, so that two buttons on it do not fight. */
export function talkGateOf(session: AvatarSession): TalkGate {
  const found = GATES.get(session) ?? createTalkGate(session);
  GATES.set(session, found);
  return found;
}
