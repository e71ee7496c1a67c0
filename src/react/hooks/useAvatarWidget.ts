import { useEffect, useRef, useState, useSyncExternalStore, type ComponentPropsWithoutRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { useControllable } from '../useControllable.js';
import { cornerByKey, CORNERS, nearestCorner, type WidgetCorner } from '../widget/corner.js';
import { createDrag } from '../widget/createDrag.js';
import { createPlace } from '../widget/createPlace.js';
import { watchPageFocus } from '../widget/watchPageFocus.js';
import { useSharedFocus } from '../widget/useSharedFocus.js';
import { useLatest } from '../useLatest.js';

export interface UseAvatarWidgetOptions {
  /** Whether it is open rather than minimised, where the application keeps that. */
  readonly open?: boolean;
  /** Default false. */
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Where it rests until the user moves it. Default `end-end`. */
  readonly defaultCorner?: WidgetCorner;
  readonly onCornerChange?: (corner: WidgetCorner) => void;
  /** Under which name the corner is remembered on this device. Null: it is not. Default `visavis-widget`. */
  readonly storageKey?: string | null;
}

export interface UseAvatarWidgetResult {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** Where it is seen: where the user put it, or another corner while the page's focus lies there. */
  readonly corner: WidgetCorner;
  readonly setCorner: (corner: WidgetCorner) => void;
  /** The element that is moved. */
  readonly ref: RefObject<HTMLDivElement | null>;
  /** The window: Escape minimises it. */
  readonly panelProps: ComponentPropsWithoutRef<'div'> & { readonly ref: RefObject<HTMLDivElement | null> };
  /** The button that opens it, and that it can be dragged by. */
  readonly bubbleProps: ComponentPropsWithoutRef<'button'> & { readonly ref: RefObject<HTMLButtonElement | null> };
  readonly minimizeProps: ComponentPropsWithoutRef<'button'>;
  /** What the window is dragged by. The arrow keys move it too, and a click moves it on by one corner. */
  readonly moveProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * Something that floats over a page, in one of its corners, and can be minimised to a bubble. The keyboard's focus follows from one to the
 * other. It gives way where it would cover what the page has the focus on.
 *
 * @example
 * ```tsx
 * const { open, corner, ref, panelProps, bubbleProps, minimizeProps } = useAvatarWidget();
 * return (
 *   <div ref={ref} className={`my-widget ${corner}`}>
 *     <div {...panelProps} aria-label="Ada"><button {...minimizeProps}>Minimise</button><Avatar /></div>
 *     <button {...bubbleProps}>Open</button>
 *   </div>
 * );
 * ```
 */
export function useAvatarWidget(options: UseAvatarWidgetOptions = {}): UseAvatarWidgetResult {
  const { defaultCorner = 'end-end', storageKey = 'visavis-widget' } = options;
  const [open, setOpen] = useControllable(options.open, options.defaultOpen ?? false, options.onOpenChange);
  const [place] = useState(() => createPlace(storageKey, defaultCorner));
  const home = useSyncExternalStore(place.subscribe, place.get, () => defaultCorner);
  const [refuge, setRefuge] = useState<WidgetCorner | null>(null);
  const corner = refuge ?? home;
  const ref = useRef<HTMLDivElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const bubbleRef = useRef<HTMLButtonElement>(null);
  const stopDrag = useRef(() => {});
  const latest = useLatest({ open, setOpen, home, corner, onCornerChange: options.onCornerChange });

  const setCorner = (next: WidgetCorner): void => {
    setRefuge(null);
    if (next === home) return;
    place.set(next);
    latest.current.onCornerChange?.(next);
  };

  useSharedFocus(ref, panelRef, bubbleRef, open);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return watchPageFocus(element, () => latest.current, (next) => {
      if (next === null) latest.current.setOpen(false);
      else setRefuge(next === latest.current.home ? null : next);
    });
  }, [latest]);
  useEffect(() => () => stopDrag.current(), []);

  const isRtl = (): boolean => ref.current !== null && getComputedStyle(ref.current).direction === 'rtl';
  const onPointerDown = (event: PointerEvent): void => {
    const element = ref.current;
    if (event.button !== 0 || element === null) return;
    stopDrag.current();
    const { pointerId, clientX: x, clientY: y } = event;
    stopDrag.current = createDrag({
      element,
      pointerId,
      x,
      y,
      onDrop(box, settle) {
        setCorner(nearestCorner(box, { width: window.innerWidth, height: window.innerHeight }, isRtl()));
        // React has placed it by then, and nobody has seen it there.
        requestAnimationFrame(settle);
      },
    });
  };

  return {
    open,
    setOpen,
    corner,
    setCorner,
    ref,
    panelProps: {
      ref: panelRef,
      role: 'dialog',
      hidden: !open,
      tabIndex: -1,
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        setOpen(false);
      },
    },
    bubbleProps: {
      ref: bubbleRef,
      type: 'button',
      hidden: open,
      'aria-expanded': open,
      onPointerDown,
      onClick(event) {
        // Safari gives a button that is clicked no focus, and there would be none to hand over.
        event.currentTarget.focus({ preventScroll: true });
        setOpen(true);
      },
    },
    minimizeProps: {
      type: 'button',
      onClick(event) {
        event.currentTarget.focus({ preventScroll: true });
        setOpen(false);
      },
    },
    moveProps: {
      type: 'button',
      onPointerDown,
      onClick: () => setCorner(CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? defaultCorner),
      onKeyDown(event: KeyboardEvent) {
        const next = cornerByKey(corner, event.key, isRtl());
        if (next === null) return;
        event.preventDefault();
        setCorner(next);
      },
    },
  };
}
