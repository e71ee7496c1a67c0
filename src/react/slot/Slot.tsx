import { cloneElement, forwardRef, isValidElement, version, type HTMLAttributes, type ReactElement, type Ref } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { mergeProps } from './mergeProps.js';
import { useMergedRefs } from './useMergedRefs.js';

/** Gives its props, its ref and its behaviour to its only child instead of rendering an element: the `asChild` of the components. */
export const Slot = forwardRef<HTMLElement, HTMLAttributes<HTMLElement>>(function Slot({ children, ...props }, ref) {
  const child = isValidElement<Record<string, unknown>>(children) ? children : null;
  const mergedRef = useMergedRefs(ref, child ? refOf(child) : undefined);
  if (child === null) {
    throw new AvatarError('invalid-options', { message: 'asChild needs exactly one React element as its child. Wrap the content in one element.' });
  }
  return cloneElement(child, { ...mergeProps({ ...props }, child.props), ref: mergedRef });
});

/** React 19 keeps an element's ref among its props and warns of `element.ref`; React 18 has it the other way round. */
function refOf(element: ReactElement<Record<string, unknown>>): Ref<HTMLElement> | undefined {
  const holder: object = Number.parseInt(version, 10) >= 19 ? element.props : element;
  // The one boundary with React's own element shape: a ref is all that can stand there.
  return 'ref' in holder ? (holder.ref as Ref<HTMLElement> | undefined) : undefined;
}
