import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { EndButton } from './EndButton.js';
import { InterruptButton } from './InterruptButton.js';
import { MicToggle } from './MicToggle.js';
import { SoundUnlockButton } from './SoundUnlockButton.js';
import { StartButton } from './StartButton.js';

export type AvatarControlsProps = Omit<ComponentPropsWithoutRef<'div'>, 'children'>;

/**
 * The controls that float over the picture: what can be done now, and nothing else.
 *
 * @example
 * ```tsx
 * <div style={{ position: 'relative' }}>
 *   <AvatarVideo />
 *   <AvatarControls />
 * </div>
 * ```
 */
export const AvatarControls = forwardRef<HTMLDivElement, AvatarControlsProps>(function AvatarControls({ className, ...props }, ref) {
  const { labels, session } = useAvatarContext();
  const status = useAvatarSession((view) => view.status);
  const connected = status === 'live' || status === 'reconnecting';
  const { usesMicrophone } = session;
  return (
    <div
      {...props}
      ref={ref}
      className={className === undefined ? 'visavis-controls' : `visavis-controls ${className}`}
      data-visavis=""
      data-slot="avatar-controls"
      data-state={status}
    >
      <SoundUnlockButton />
      {/* After a failure the message over the picture has the button to start again. */}
      {status !== 'failed' && <StartButton />}
      {usesMicrophone && status === 'idle' && <div className="visavis-hint">{labels.microphoneHint}</div>}
      {(connected || status === 'authorizing' || status === 'connecting' || status === 'ending') && (
        <div className="visavis-bar" role="group" aria-label={labels.controls}>
          {connected && usesMicrophone && <MicToggle />}
          {connected && <InterruptButton />}
          <EndButton />
        </div>
      )}
    </div>
  );
});
