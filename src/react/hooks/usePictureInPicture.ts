import { useContext, useEffect, useState, useSyncExternalStore, type ComponentPropsWithoutRef } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { VideoContext } from '../picture/VideoContext.js';
import type { UseAvatarVideoResult } from './useAvatarVideo.js';

export interface UsePictureInPictureOptions {
  /** Default: that of the `AvatarVideo` around the component. */
  readonly video?: UseAvatarVideoResult;
  readonly labels?: AvatarLabelOverrides;
}

export interface UsePictureInPictureResult {
  /** False where the browser has no such thing, and while there is no picture. */
  readonly shown: boolean;
  /** True while the picture is in a window of its own. */
  readonly active: boolean;
  readonly label: string;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A button that takes the picture out of the page into a small window that stays on top, and back again.
 *
 * @throws AvatarError `invalid-options` without `video` outside of an `AvatarVideo`
 * @example
 * ```tsx
 * const video = useAvatarVideo();
 * const { shown, label, buttonProps } = usePictureInPicture({ video });
 * return <div><div ref={video.mountRef} />{shown && <button {...buttonProps}>{label}</button>}</div>;
 * ```
 */
export function usePictureInPicture(options: UsePictureInPictureOptions = {}): UsePictureInPictureResult {
  const outer = useContext(VideoContext);
  const video = options.video ?? outer;
  if (video === null) {
    throw new AvatarError('invalid-options', { message: 'usePictureInPicture has no picture. Put the button inside <AvatarVideo>, or pass the result of useAvatarVideo().' });
  }
  const labels = useWords(englishSession, options.labels);
  const supported = useSyncExternalStore(subscribeToNothing, isSupported, () => false);
  const [active, setActive] = useState(false);
  const { mountRef, picture } = video;

  useEffect(() => {
    const mount = mountRef.current;
    if (mount === null) return;
    const enter = (): void => setActive(true);
    const leave = (): void => setActive(false);
    mount.addEventListener('enterpictureinpicture', enter, true);
    mount.addEventListener('leavepictureinpicture', leave, true);
    return () => {
      mount.removeEventListener('enterpictureinpicture', enter, true);
      mount.removeEventListener('leavepictureinpicture', leave, true);
    };
  }, [mountRef]);

  return {
    shown: supported && picture !== 'none',
    active,
    label: labels.pictureInPicture,
    buttonProps: {
      type: 'button',
      'aria-label': labels.pictureInPicture,
      'aria-pressed': active,
      ...{ 'data-state': active ? 'active' : 'ready' },
      onClick: () => void toggle(mountRef.current),
    },
  };
}

async function toggle(mount: HTMLElement | null): Promise<void> {
  const video = mount?.querySelector('video');
  if (!video) return;
  const isOut = video.ownerDocument.pictureInPictureElement === video;
  // Refused without a click, or overtaken by the picture's end: then the picture stays where it is, as everybody can see.
  await (isOut ? video.ownerDocument.exitPictureInPicture() : video.requestPictureInPicture()).catch(() => undefined);
}

function isSupported(): boolean {
  return document.pictureInPictureEnabled === true && 'requestPictureInPicture' in HTMLVideoElement.prototype;
}

/** What a browser can do does not change. */
function subscribeToNothing(): () => void {
  return () => undefined;
}
