import { useEffect, useState, type MouseEvent, type RefObject } from 'react';
import type { AvatarSession } from '../../session/AvatarSession.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useFocusHandoff } from '../focus/useFocusHandoff.js';
import type { MicTrouble } from '../devices/micTrouble.js';
import { useAudioStream } from './useAudioStream.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useMicHelp } from './useMicHelp.js';
import { usePermissionReport } from './useMicPermission.js';

export interface UsePreJoinOptions {
  /** Whether the check is over; makes it controlled. */
  readonly joined?: boolean | undefined;
  /** Whether it is over to begin with. Default false. */
  readonly defaultJoined?: boolean | undefined;
  /** The user has gone on: with a microphone, or to listen only. */
  readonly onJoinedChange?: ((joined: boolean, how: { readonly listenOnly: boolean }) => void) | undefined;
}

export interface UsePreJoinResult {
  readonly joined: boolean;
  /** False in a session that does without a microphone: there is only a speaker to check. */
  readonly usesMicrophone: boolean;
  /** True once the microphone that is open has heard something as loud as a voice. */
  readonly heard: boolean;
  readonly trouble: MicTrouble | null;
  /** Starts the session and goes on. Call it from a click. Never rejects. */
  readonly start: (event?: MouseEvent<HTMLElement>) => void;
  /** The same without a microphone: nobody is asked for one, and the user may turn it on later. */
  readonly listenOnly: (event?: MouseEvent<HTMLElement>) => void;
  /** For the start button: takes over the keyboard focus when the help has vanished. */
  readonly startRef: RefObject<HTMLButtonElement | null>;
}

/** RMS: above the noise of a room, below a voice at arm's length. */
const VOICE_LEVEL = 0.02;
/** 120 ms: longer than a click of the mouse. */
const VOICE_LEVELS = 6;

/**
 * The step before a session in which its user tries the devices. Where the microphone was allowed earlier it is opened at once, else
 * when it is turned on; it stays open for the session and is released when the step goes away without one.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { joined, heard, start, listenOnly } = usePreJoin();
 * return joined ? <Avatar /> : <><p>{heard ? 'We hear you.' : 'Say something.'}</p><button onClick={start}>Start</button></>;
 * ```
 */
export function usePreJoin(options: UsePreJoinOptions = {}): UsePreJoinResult {
  const { session, focus } = useAvatarContext();
  const startSession = useAvatarSession((view) => view.start);
  const [hasJoined, setHasJoined] = useState(options.defaultJoined ?? false);
  const joined = options.joined ?? hasJoined;
  const { trouble } = useMicHelp();
  const startRef = useFocusHandoff(focus, trouble ?? '');
  useTrial(session, !joined && session.usesMicrophone);

  const join = (event: MouseEvent<HTMLElement> | undefined, listenOnly: boolean): void => {
    if (event) focus.offer(event.currentTarget);
    setHasJoined(true);
    options.onJoinedChange?.(true, { listenOnly });
  };
  return {
    joined,
    usesMicrophone: session.usesMicrophone,
    heard: useHeard(!joined),
    trouble,
    start(event) {
      void startSession();
      join(event, false);
    },
    listenOnly(event) {
      session.microphone.stop();
      // What failed is in the state, as of any start.
      session.start({ microphone: false }).catch(() => undefined);
      join(event, true);
    },
    startRef,
  };
}

/** Opens the microphone where nobody has to be asked, and closes it with the step unless a session has taken it over. */
function useTrial(session: AvatarSession, isOpen: boolean): void {
  const allowed = usePermissionReport()?.state === 'granted';
  useEffect(() => {
    const { microphone } = session;
    if (!isOpen || microphone.getSnapshot().status === 'on') return;
    return () => {
      const { status } = session.getSnapshot();
      const isTaken = status !== 'idle' && status !== 'ended' && status !== 'failed';
      const opened = microphone.getSnapshot().status;
      if (!isTaken && (opened === 'on' || opened === 'requesting')) microphone.stop();
    };
  }, [session, isOpen]);
  useEffect(() => {
    const { microphone } = session;
    // Its state tells how it went.
    if (isOpen && allowed && microphone.getSnapshot().status === 'off') microphone.start().catch(() => undefined);
  }, [session, isOpen, allowed]);
}

/** Whether the microphone that is open has heard a voice; one commit, not one for every level. */
function useHeard(isListening: boolean): boolean {
  const { status, muted, deviceId, subscribeLevel } = useAudioStream();
  const device = status === 'on' ? (deviceId ?? '') : null;
  const [heardBy, setHeardBy] = useState<string | null>(null);
  const heard = device !== null && heardBy === device;
  useEffect(() => {
    if (!isListening || device === null || muted || heard) return;
    let loud = 0;
    return subscribeLevel((level) => {
      loud = level >= VOICE_LEVEL ? loud + 1 : 0;
      if (loud === VOICE_LEVELS) setHeardBy(device);
    });
  }, [isListening, device, muted, heard, subscribeLevel]);
  return heard;
}
