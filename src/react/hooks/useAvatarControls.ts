import type { SessionStatus } from '../../session/state.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from './useAvatarSession.js';

/** Which controls make sense now. */
export interface UseAvatarControlsResult {
  readonly status: SessionStatus;
  /** There are controls to talk with: mute, interrupt. */
  readonly connected: boolean;
  /** A start button. After a failure the message over the picture has the button to start again. */
  readonly starts: boolean;
  /** A word on the browser's question that is about to come. */
  readonly hints: boolean;
  /** A button that ends the session, or gives up connecting. */
  readonly ends: boolean;
  /** A button that mutes the microphone. */
  readonly mutes: boolean;
}

/**
 * What can be done with the nearest session now, for a set of controls of your own.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { starts, mutes, ends } = useAvatarControls();
 * return <>{starts && <StartButton />}{mutes && <MicToggle />}{ends && <EndButton />}</>;
 * ```
 */
export function useAvatarControls(): UseAvatarControlsResult {
  const { session } = useAvatarContext();
  const status = useAvatarSession((view) => view.status);
  const connected = status === 'live' || status === 'reconnecting';
  return {
    status,
    connected,
    starts: status !== 'failed',
    hints: session.usesMicrophone && status === 'idle',
    ends: connected || status === 'authorizing' || status === 'connecting' || status === 'ending',
    mutes: connected && session.usesMicrophone,
  };
}
