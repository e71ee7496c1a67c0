import type { SessionState } from '../../src/session/state.js';

/** Parts of states that many stories share. */
export const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: null, interrupted: false };
export const muted: SessionState['microphone'] = { status: 'on', muted: true, error: null, deviceId: null, interrupted: false };
