import { forwardRef, useEffect, useRef } from 'react';
import { useAudioStream } from '../hooks/useAudioStream.js';
import { useMicToggle } from '../hooks/useMicToggle.js';
import { loudness } from '../loudness.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { MicrophoneIcon } from '../parts/icons.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';

export type MicToggleProps = ButtonProps;

/**
 * Mutes and unmutes the microphone, or starts it when it is off. A ring around it follows the voice through the custom
 * property `--visavis-level` (0 to 1), without rendering.
 *
 * @example
 * ```tsx
 * <MicToggle />
 * ```
 */
export const MicToggle = forwardRef<HTMLButtonElement, MicToggleProps>(function MicToggle({ labels, children, ...props }, given) {
  const { state, label, buttonProps } = useMicToggle(labels);
  const { subscribeLevel } = useAudioStream();
  const ref = useRef<HTMLButtonElement>(null);
  const mergedRef = useMergedRefs(ref, given);

  useEffect(() => {
    const button = ref.current;
    if (state !== 'unmuted' || button === null) return;
    const unsubscribe = subscribeLevel((level) => button.style.setProperty('--visavis-level', loudness(level).toFixed(3)));
    return () => {
      unsubscribe();
      button.style.removeProperty('--visavis-level');
    };
  }, [state, subscribeLevel]);

  return (
    <Button {...props} own={{ ...buttonProps, title: label }} slot="mic-toggle" look="plain" ref={mergedRef}>
      {children ?? <MicrophoneIcon off={state !== 'unmuted' && state !== 'requesting'} />}
    </Button>
  );
});
