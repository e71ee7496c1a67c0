import { forwardRef } from 'react';
import { useCaptionsToggle } from '../hooks/useCaptionsToggle.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { CaptionsIcon } from '../parts/icons.js';

export type CaptionsToggleProps = ButtonProps;

/**
 * Turns the captions of the nearest provider on and off, those over an `Avatar` too, and remembers that somebody wants them. Until
 * somebody chooses they are on while the sound is blocked or its volume is 0. `data-state` is `on` or `off`.
 *
 * @example
 * ```tsx
 * <Avatar grant="/api/avatar">
 *   <AvatarControls>
 *     {() => <><MicToggle /><CaptionsToggle /><EndButton /></>}
 *   </AvatarControls>
 * </Avatar>
 * ```
 */
export const CaptionsToggle = forwardRef<HTMLButtonElement, CaptionsToggleProps>(function CaptionsToggle({ labels, children, ...props }, ref) {
  const { on, label, buttonProps } = useCaptionsToggle(labels);
  return (
    <Button {...props} own={{ ...buttonProps, title: label }} slot="captions-toggle" look="plain" ref={ref}>
      {children ?? <CaptionsIcon off={!on} />}
    </Button>
  );
});
