import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { Slot } from '../slot/Slot.js';
import { mergeProps } from '../slot/mergeProps.js';

/** What every button of visavis takes: all of `<button>`, and `asChild`. */
export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** Renders the only child instead of a `<button>` and gives it the behaviour. */
  readonly asChild?: boolean;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

interface PartProps extends Omit<ButtonProps, 'labels'> {
  /** Behaviour and ARIA of the button, from its prop-getter hook. */
  readonly own: ComponentPropsWithoutRef<'button'>;
  readonly slot: string;
  readonly look: 'primary' | 'plain' | 'danger';
}

/** The element under every button: merges the behaviour with what the application gives. */
export const Button = forwardRef<HTMLButtonElement, PartProps>(function Button({ asChild = false, own, slot, look, ...given }, ref) {
  const props = mergeProps({ ...own, className: `visavis-button visavis-button-${look}`, 'data-visavis': '', 'data-slot': slot }, { ...given });
  return asChild ? <Slot {...props} ref={ref} /> : <button type="button" {...props} ref={ref} />;
});
