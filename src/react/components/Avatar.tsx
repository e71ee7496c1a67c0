import { forwardRef, useContext, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { AvatarContext, useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { AvatarProvider, type AvatarProviderOwnProps, type AvatarProviderProps } from './AvatarProvider.js';
import { AvatarControls } from './AvatarControls.js';
import { AvatarVideo, type AvatarVideoProps } from './AvatarVideo.js';
import { ConnectionStatus } from './ConnectionStatus.js';
import { VoiceStage } from './VoiceStage.js';

/** How an avatar looks. */
export interface AvatarStageProps extends Pick<AvatarVideoProps, 'poster' | 'renderFailure'>, Pick<ComponentPropsWithoutRef<'div'>, 'className' | 'style' | 'id'> {
  /** Replaces the built-in controls over the picture. */
  readonly children?: ReactNode;
}

/** A session or its options, or neither inside an `AvatarProvider`; and how the avatar looks. */
export type AvatarProps = AvatarStageProps &
  (AvatarProviderProps | (AvatarProviderOwnProps & { readonly session?: undefined; readonly grant?: undefined }));

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
  const { className, style, id, poster, renderFailure, children, ...source } = props;
  const outer = useContext(AvatarContext)?.session;
  const stage = (
    <AvatarStage ref={ref} className={className} style={style} id={id} poster={poster} renderFailure={renderFailure}>
      {children}
    </AvatarStage>
  );
  if (source.session !== undefined || source.grant !== undefined || ('voice' in source && source.voice !== undefined)) return <AvatarProvider {...source}>{stage}</AvatarProvider>;
  if (outer === undefined) {
    throw new AvatarError('invalid-options', {
      message: 'This <Avatar> has no session. Give it grant (the URL of your session route) or session, or put it inside <AvatarProvider>.',
    });
  }
  if (source.labels === undefined && source.onError === undefined) return stage;
  return <AvatarProvider {...source} session={outer}>{stage}</AvatarProvider>;
});

const AvatarStage = forwardRef<HTMLDivElement, AvatarStageProps>(function AvatarStage(
  { className, children, poster, renderFailure, ...props },
  ref,
): ReactElement {
  const { labels, session } = useAvatarContext();
  const status = useAvatarSession((view) => view.status);
  return (
    <div
      {...props}
      ref={ref}
      className={className === undefined ? 'visavis-avatar' : `visavis-avatar ${className}`}
      data-visavis=""
      data-slot="avatar"
      data-state={status}
      role="group"
      aria-label={session.usesAvatar ? labels.avatar : labels.orb}
    >
      {session.usesAvatar ? <AvatarVideo poster={poster} renderFailure={renderFailure} /> : <VoiceStage renderFailure={renderFailure} />}
      <ConnectionStatus />
      {children ?? <AvatarControls />}
    </div>
  );
});
