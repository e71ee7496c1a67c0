import { useEffect, useRef, useState, type RefObject } from 'react';
import type { SessionStatus } from '../../session/state.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from './useAvatarSession.js';

/** `none`: show the poster. `live`: moving. `held`: the last picture, while the connection is being mended. */
export type AvatarPicture = 'none' | 'live' | 'held';

export interface UseAvatarPictureResult {
  readonly picture: AvatarPicture;
  /** The element that the channel puts its `<video>` into. */
  readonly mountRef: RefObject<HTMLDivElement | null>;
  /** Keeps a copy of the last frame, because the channel takes its `<video>` away together with the track. */
  readonly stillRef: RefObject<HTMLCanvasElement | null>;
}

/** Puts the session's video into an element, and tells when there is something to see. */
export function useAvatarPicture(): UseAvatarPictureResult {
  const { session } = useAvatarContext();
  const { status, video } = useAvatarSession((view) => ({ status: view.status, video: view.video }));
  const mountRef = useRef<HTMLDivElement>(null);
  const stillRef = useRef<HTMLCanvasElement>(null);
  const [playing, setPlaying] = useState(false);
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

  useEffect(() => {
    // Straight from the session: by the time React renders, the channel may have taken the last frame away.
    return session.subscribe(() => {
      const next = session.getSnapshot().status;
      if (!keepsPicture(next)) setHeld(false);
      else if (next === 'reconnecting' && mountRef.current && copyFrame(mountRef.current, stillRef.current)) setHeld(true);
    });
  }, [session]);

  const picture = playing ? (status === 'reconnecting' ? 'held' : 'live') : held && keepsPicture(status) ? 'held' : 'none';
  return { picture, mountRef, stillRef };
}

function keepsPicture(status: SessionStatus): boolean {
  return status === 'live' || status === 'reconnecting';
}

function hasFrame(video: HTMLVideoElement | null): video is HTMLVideoElement {
  return video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

function copyFrame(mount: HTMLElement, still: HTMLCanvasElement | null): boolean {
  const video = mount.querySelector('video');
  const context = still?.getContext('2d');
  if (!hasFrame(video) || !still || !context) return false;
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  context.drawImage(video, 0, 0);
  return true;
}
