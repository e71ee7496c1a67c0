import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices } from '../labels/DeviceLabels.js';
import { useWords } from '../labels/useWords.js';
import { useMicLevel } from '../hooks/useMicLevel.js';
import { Slot } from '../slot/Slot.js';
import { mergeProps } from '../slot/mergeProps.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';

export interface MicLevelProps extends ComponentPropsWithoutRef<'div'> {
  /** One bar (default), or many small ones. */
  readonly variant?: 'bar' | 'segments';
  /** Renders the only child instead of a `<div>`; it gets `--visavis-level`, 0 to 1. */
  readonly asChild?: boolean;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * How loud the user is: a meter that follows the voice without rendering. Moves in a few steps where less motion is wanted, fills from
 * the side on which reading begins. `data-state` is one of `off`, `requesting`, `on`, `muted`, `interrupted`, `failed`.
 *
 * @example
 * ```tsx
 * <MicLevel variant="segments" />
 * ```
 */
export const MicLevel = forwardRef<HTMLDivElement, MicLevelProps>(function MicLevel({ variant = 'bar', asChild = false, labels: overrides, ...props }, given) {
  const labels = useWords(englishDevices, overrides);
  const { state, ref } = useMicLevel<HTMLDivElement>();
  const mergedRef = useMergedRefs(ref, given);
  const own = {
    role: 'meter',
    'aria-label': labels.microphoneLevel,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-valuenow': 0,
    className: 'visavis-level',
    'data-visavis': '',
    'data-slot': 'mic-level',
    'data-state': state,
    'data-variant': variant,
  };
  const merged = mergeProps(own, { ...props });
  return asChild ? <Slot {...merged} ref={mergedRef} /> : <div {...merged} ref={mergedRef} />;
});
