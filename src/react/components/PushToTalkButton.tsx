import { forwardRef } from 'react';
import { usePushToTalk } from '../hooks/usePushToTalk.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { MicrophoneIcon } from '../parts/icons.js';

export type PushToTalkButtonProps = ButtonProps;

/**
 * Held, the user is heard: with a finger, a mouse, Space or Enter. Puts the session into the mode `push-to-talk` while it is there.
 * `data-state` is one of `ready`, `talking`, `unavailable`.
 *
 * @example
 * ```tsx
 * <PushToTalkButton />
 * ```
 */
export const PushToTalkButton = forwardRef<HTMLButtonElement, PushToTalkButtonProps>(function PushToTalkButton({ labels, children, ...props }, ref) {
  const { label, buttonProps } = usePushToTalk(labels);
  return (
    <Button {...props} own={buttonProps} slot="push-to-talk-button" look="primary" ref={ref}>
      {children ?? (
        <>
          <MicrophoneIcon off={false} />
          {label}
        </>
      )}
    </Button>
  );
});
