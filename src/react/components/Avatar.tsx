import { forwardRef, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { ProvidedSession, type SessionSource } from '../parts/ProvidedSession.js';
import { AvatarControls } from './AvatarControls.js';
import { AvatarVideo, type AvatarVideoProps } from './AvatarVideo.js';
import { Captions } from './Captions.js';
import { ConnectionStatus } from './ConnectionStatus.js';
import { VoiceStage } from './VoiceStage.js';
import { withClass } from '../parts/withClass.js';

/** How an avatar looks. */
export interface AvatarStageProps
  extends Pick<AvatarVideoProps, 'poster' | 'renderFailure' | 'pictureInPicture' | 'background' | 'frozenAfterMs'>,
    Pick<ComponentPropsWithoutRef<'div'>, 'className' | 'style' | 'id'> {
  /** Replaces the built-in controls over the picture. */
  readonly children?: ReactNode;
  /** Whether the last words lie over the picture. Default: as the user chose with a `CaptionsToggle`, else while the sound is blocked, or its volume is 0. */
  readonly captions?: boolean;
}

/** A session or its options, or neither inside an `AvatarProvider`; and how the avatar looks. */
export type AvatarProps = AvatarStageProps & SessionSource;

/**
 * A whole avatar in one line: picture, status and controls. Without an avatar service an orb takes the picture's place. 32rem wide at most (`--visavis-size`), never wider than its
 * container, square (`--visavis-aspect-ratio`).
 *
 * @throws AvatarError `invalid-options` when it has neither a session, nor options of one, nor a provider around it
 * @example
 * ```tsx
 * import { Avatar } from 'visavis';
 * import 'visavis/styles.css';
 *
 * export default () => <Avatar grant="/api/avatar" />;
 * ```
 */
export const Avatar = forwardRef<HTMLDivElement, AvatarProps>(function Avatar(props, ref) {
  const { className, style, id, poster, renderFailure, pictureInPicture, background, frozenAfterMs, captions, children, ...source } = props;
  const picture = { poster, renderFailure, pictureInPicture, background, frozenAfterMs };
  return (
    <ProvidedSession source={source} name="Avatar">
      <AvatarStage ref={ref} className={className} style={style} id={id} picture={picture} captions={captions}>
        {children}
      </AvatarStage>
    </ProvidedSession>
  );
});

interface StageProps extends Pick<AvatarStageProps, 'className' | 'style' | 'id' | 'children'> {
  readonly picture: Pick<AvatarVideoProps, 'poster' | 'renderFailure' | 'pictureInPicture' | 'background' | 'frozenAfterMs'>;
  readonly captions: boolean | undefined;
}

const AvatarStage = forwardRef<HTMLDivElement, StageProps>(function AvatarStage({ className, children, picture, captions, ...props }, ref): ReactElement {
  const { session } = useAvatarContext();
  const labels = useWords(englishSession);
  const status = useAvatarSession((view) => view.status);
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-avatar', className)}
      data-visavis=""
      data-slot="avatar"
      data-state={status}
      role="group"
      aria-label={session.usesAvatar ? labels.avatar : labels.orb}
    >
      {session.usesAvatar ? <AvatarVideo {...picture} /> : <VoiceStage renderFailure={picture.renderFailure} />}
      <ConnectionStatus />
      <Captions open={captions} />
      {children ?? <AvatarControls />}
    </div>
  );
});
