import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarError } from '../../errors/AvatarError.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarPicture } from '../hooks/useAvatarPicture.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { Poster } from '../parts/Poster.js';
import { FailureMessage } from './FailureMessage.js';

export interface AvatarVideoProps extends ComponentPropsWithoutRef<'div'> {
  /** What is seen while there is no picture. Default: a silhouette. */
  readonly poster?: ReactNode;
  /** What is laid over the picture when the session has failed. Default: what happened, what to do, and a button to try again. */
  readonly renderFailure?: (error: AvatarError) => ReactNode;
}

/**
 * The avatar's picture, from poster through connecting to live. Fills the inline size of its container, square unless
 * styled otherwise. `data-state` is the session's status, `data-picture` one of `none`, `live`, `held`.
 *
 * @example
 * ```tsx
 * <AvatarVideo poster={<img src="/ada.jpg" alt="" />} style={{ aspectRatio: '3 / 4' }} />
 * ```
 */
export const AvatarVideo = forwardRef<HTMLDivElement, AvatarVideoProps>(function AvatarVideo(
  { poster, renderFailure, className, children, ...props },
  ref,
) {
  const { labels } = useAvatarContext();
  const { status, error } = useAvatarSession((view) => ({ status: view.status, error: view.error }));
  const { picture, mountRef, stillRef } = useAvatarPicture();
  return (
    <div
      {...props}
      ref={ref}
      className={className === undefined ? 'visavis-video' : `visavis-video ${className}`}
      data-visavis=""
      data-slot="avatar-video"
      data-state={status}
      data-picture={picture}
    >
      <div className="visavis-video-poster">{poster ?? <Poster />}</div>
      <canvas ref={stillRef} className="visavis-video-still" aria-hidden="true" />
      {/* React renders nothing in here: the channel owns its children. */}
      <div ref={mountRef} className="visavis-video-mount" role="img" aria-label={labels.avatar} />
      <div className="visavis-video-veil" aria-hidden="true" />
      {children}
      {status === 'failed' && error !== null && (renderFailure?.(error) ?? <FailureMessage error={error} />)}
    </div>
  );
});
