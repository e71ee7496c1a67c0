import { useEffect, useRef, useState, type RefObject } from 'react';
import type { UseAvatarVideoResult } from './useAvatarVideo.js';

export interface UseBackgroundRemovalResult {
  /** True while the canvas shows the picture without its wall: hide the video then, and not before. */
  readonly removed: boolean;
  readonly canvasRef: RefObject<HTMLCanvasElement | null>;
}

/**
 * Takes the wall out of the avatar's picture (chroma key): what lies behind the canvas is seen in its place. For services that show
 * their avatars before one plain and colourful wall. Whatever else the picture shows, it stays as it is. The code is loaded when it is
 * first needed.
 *
 * @param video of `useAvatarVideo`.
 * @param background the wall's colour as `#rrggbb`, or `remove` to find it in the picture; undefined: nothing is removed.
 * @example
 * ```tsx
 * const video = useAvatarVideo();
 * const { removed, canvasRef } = useBackgroundRemoval(video, 'remove');
 * return <><div ref={video.mountRef} style={{ opacity: removed ? 0 : 1 }} /><canvas ref={canvasRef} hidden={!removed} /></>;
 * ```
 */
export function useBackgroundRemoval({ picture, mountRef }: UseAvatarVideoResult, background: string | undefined): UseBackgroundRemovalResult {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const [removed, setRemoved] = useState(false);
  const wanted = picture !== 'none';

  useEffect(() => {
    const canvas = canvasRef.current;
    const video = mountRef.current?.querySelector('video');
    if (background === undefined || !wanted || !canvas || !video) return;
    let stop: (() => void) | null = null;
    let over = false;
    import('../chroma/runChromaKey.js').then(
      ({ runChromaKey }) => {
        if (!over) stop = runChromaKey({ video, canvas, background, onChange: setRemoved });
      },
      // Not loaded: the picture stays as it is, with its wall.
      () => undefined,
    );
    return () => {
      over = true;
      stop?.();
    };
  }, [background, wanted, mountRef]);

  return { removed, canvasRef };
}
