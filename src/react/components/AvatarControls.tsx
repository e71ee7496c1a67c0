import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import { useAvatarControls, type UseAvatarControlsResult } from '../hooks/useAvatarControls.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { EndButton } from './EndButton.js';
import { InterruptButton } from './InterruptButton.js';
import { MicToggle } from './MicToggle.js';
import { AutoplayUnlock } from './AutoplayUnlock.js';
import { StartButton } from './StartButton.js';
import { withClass } from '../parts/withClass.js';

export interface AvatarControlsProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Draws the controls of a connected session in place of the built-in ones: mute, interrupt, end. */
  readonly children?: (controls: UseAvatarControlsResult) => ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

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
export const AvatarControls = forwardRef<HTMLDivElement, AvatarControlsProps>(function AvatarControls({ labels: overrides, children, className, ...props }, ref) {
  const labels = useWords(englishSession, overrides);
  const controls = useAvatarControls();
  const { status, starts, hints, ends, connected, mutes } = controls;
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-controls', className)}
      data-visavis=""
      data-slot="avatar-controls"
      data-state={status}
    >
      <AutoplayUnlock labels={overrides} />
      {starts && <StartButton labels={overrides} />}
      {hints && <div className="visavis-hint">{labels.microphoneHint}</div>}
      {ends && (
        <div className="visavis-bar" role="group" aria-label={labels.controls}>
          {children?.(controls) ?? (
            <>
              {mutes && <MicToggle labels={overrides} />}
              {connected && <InterruptButton labels={overrides} />}
              <EndButton labels={overrides} />
            </>
          )}
        </div>
      )}
    </div>
  );
});
