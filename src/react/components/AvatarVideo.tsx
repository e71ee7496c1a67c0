import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarError } from '../../errors/AvatarError.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { useAvatarVideo, type UseAvatarVideoOptions } from '../hooks/useAvatarVideo.js';
import { useBackgroundRemoval } from '../hooks/useBackgroundRemoval.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { Poster } from '../parts/Poster.js';
import { VideoContext } from '../picture/VideoContext.js';
import { FailureMessage } from './FailureMessage.js';
import { PictureInPictureButton } from './PictureInPictureButton.js';
import { withClass } from '../parts/withClass.js';

export interface AvatarVideoProps extends ComponentPropsWithoutRef<'div'>, UseAvatarVideoOptions {
  /** What is seen while there is no picture. Default: a silhouette. */
  readonly poster?: ReactNode;
  /** What is laid over the picture when the session has failed. Default: what happened, what to do, and a button to try again. */
  readonly renderFailure?: (error: AvatarError) => ReactNode;
  /** Whether there is a button that puts the picture into a window of its own, in browsers that can. Default false. */
  readonly pictureInPicture?: boolean;
  /**
   * Takes the wall out of the picture, for services that show avatars before a plain and colourful one: its colour as `#rrggbb`, or
   * `remove` to find it. The background of this element is seen in its place. Any other picture stays as it is.
   */
  readonly background?: string;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * The avatar's picture, from poster through connecting to live. Fills the inline size of its container, square unless
 * styled otherwise. `data-state` is the session's status, `data-picture` one of `none`, `live`, `frozen`, `held`. A picture that has
 * stood still for 2 seconds says so, and so does an avatar that should be heard and is not (`data-silent`).
 *
 * @example
 * ```tsx
 * <AvatarVideo poster={<img src="/ada.jpg" alt="" />} pictureInPicture style={{ aspectRatio: '3 / 4' }} />
 * ```
 */
export const AvatarVideo = forwardRef<HTMLDivElement, AvatarVideoProps>(function AvatarVideo(
  { poster, renderFailure, pictureInPicture = false, background, frozenAfterMs, labels: overrides, className, children, ...props },
  ref,
) {
  const labels = useWords(englishSession, overrides);
  const { status, error, avatarSilent } = useAvatarSession((view) => ({ status: view.status, error: view.error, avatarSilent: view.avatarSilent }));
  const video = useAvatarVideo({ frozenAfterMs });
  const { removed, canvasRef } = useBackgroundRemoval(video, background);
  return (
    <VideoContext.Provider value={video}>
      <div
        {...props}
        ref={ref}
        className={withClass('visavis-video', className)}
        data-visavis=""
        data-slot="avatar-video"
        data-state={status}
        data-picture={video.picture}
        data-silent={avatarSilent ? '' : undefined}
        data-background={removed ? 'removed' : undefined}
      >
        <div className="visavis-video-poster">{poster ?? <Poster />}</div>
        <canvas ref={video.stillRef} className="visavis-video-still" aria-hidden="true" />
        {/* React renders nothing in here: the channel owns its children. */}
        <div ref={video.mountRef} className="visavis-video-mount" role="img" aria-label={labels.avatar} />
        {background !== undefined && <canvas ref={canvasRef} className="visavis-video-keyed" aria-hidden="true" />}
        <div className="visavis-video-veil" aria-hidden="true" />
        {/* Always there: what comes together with its words is not announced. */}
        <div className="visavis-video-notice" aria-live="polite">{video.picture === 'frozen' ? labels.frozen : avatarSilent && labels.silent}</div>
        {pictureInPicture && <PictureInPictureButton labels={overrides} />}
        {children}
        {status === 'failed' && error !== null && (renderFailure?.(error) ?? <FailureMessage error={error} labels={overrides} />)}
      </div>
    </VideoContext.Provider>
  );
});
