import { useEffect, useRef, useState, type RefObject } from 'react';
import { systemClock } from '../../clock/clock.js';
import type { SessionStatus } from '../../session/state.js';
import { useAvatarContext } from '../AvatarContext.js';
import { copyFrame, hasFrame } from '../picture/stillFrame.js';
import { watchFrames } from '../picture/watchFrames.js';
import { useAvatarSession } from './useAvatarSession.js';

/**
 * `none`: show the poster. `live`: moving. `frozen`: nothing has moved for a while, although the session is live.
 * `held`: the last picture, while the connection is being mended.
 */
export type AvatarPicture = 'none' | 'live' | 'frozen' | 'held';

export interface UseAvatarVideoOptions {
  /** A picture that stands still for so long is `frozen`. Milliseconds, default 2,000; `Infinity` for services that send no frames while nothing moves. */
  readonly frozenAfterMs?: number;
}

export interface UseAvatarVideoResult {
  readonly picture: AvatarPicture;
  /** The element that the channel puts its `<video>` into. React must render nothing in it. */
  readonly mountRef: RefObject<HTMLDivElement | null>;
  /** Keeps a copy of the last frame, because the channel takes its `<video>` away together with the track. */
  readonly stillRef: RefObject<HTMLCanvasElement | null>;
}

/**
 * Puts the session's video into an element, and tells what there is to see.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { picture, mountRef } = useAvatarVideo();
 * return <div ref={mountRef} style={{ opacity: picture === 'none' ? 0 : 1 }} />;
 * ```
 */
export function useAvatarVideo({ frozenAfterMs = 2_000 }: UseAvatarVideoOptions = {}): UseAvatarVideoResult {
  const { session } = useAvatarContext();
  const { status, video } = useAvatarSession((view) => ({ status: view.status, video: view.video }));
  const mountRef = useRef<HTMLDivElement>(null);
  const stillRef = useRef<HTMLCanvasElement>(null);
  const [playing, setPlaying] = useState(false);
  const [frozen, setFrozen] = useState(false);
  const [held, setHeld] = useState(false);

  useEffect(() => {
    const mount = mountRef.current;
    const still = stillRef.current;
    if (video === null || mount === null) return;
    const reveal = (): void => setPlaying(true);
    // Media events do not bubble, but an ancestor hears them on the way down.
    mount.addEventListener('playing', reveal, true);
    const detach = video.attach(mount);
    if (hasFrame(mount.querySelector('video'))) reveal();
    return () => {
      mount.removeEventListener('playing', reveal, true);
      if (copyFrame(mount, still)) setHeld(true);
      detach();
      setPlaying(false);
    };
  }, [video]);

  const watched = playing && status === 'live' && Number.isFinite(frozenAfterMs);
  useEffect(() => {
    const element = mountRef.current?.querySelector('video');
    if (!watched || !element) return;
    const stop = watchFrames(element, { clock: systemClock, frozenAfterMs, onChange: setFrozen });
    return () => {
      stop();
      setFrozen(false);
    };
  }, [watched, frozenAfterMs, video]);

  useEffect(() => {
    // Straight from the session: by the time React renders, the channel may have taken the last frame away.
    return session.subscribe(() => {
      const next = session.getSnapshot().status;
      if (!keepsPicture(next)) setHeld(false);
      else if (next === 'reconnecting' && mountRef.current && copyFrame(mountRef.current, stillRef.current)) setHeld(true);
    });
  }, [session]);

  return { picture: pictureOf(status, playing, frozen, held), mountRef, stillRef };
}

function pictureOf(status: SessionStatus, playing: boolean, frozen: boolean, held: boolean): AvatarPicture {
  if (!playing) return held && keepsPicture(status) ? 'held' : 'none';
  if (status === 'reconnecting') return 'held';
  return frozen ? 'frozen' : 'live';
}

function keepsPicture(status: SessionStatus): boolean {
  return status === 'live' || status === 'reconnecting';
}
