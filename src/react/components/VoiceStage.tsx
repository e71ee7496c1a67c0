import type { ReactElement } from 'react';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import type { AvatarVideoProps } from './AvatarVideo.js';
import { FailureMessage } from './FailureMessage.js';
import { VoiceOrb } from './VoiceOrb.js';

/** What `<Avatar>` shows where nobody is seen. */
export function VoiceStage({ renderFailure }: Pick<AvatarVideoProps, 'renderFailure'>): ReactElement {
  const error = useAvatarSession((view) => (view.status === 'failed' ? view.error : null));
  return (
    <div className="visavis-voice-stage">
      <VoiceOrb />
      {error !== null && (renderFailure?.(error) ?? <FailureMessage error={error} />)}
    </div>
  );
}
