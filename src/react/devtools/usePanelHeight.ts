import { useRef, useState, type ComponentPropsWithoutRef, type KeyboardEvent, type PointerEvent } from 'react';

export interface PanelHeight {
  readonly heightPx: number;
  /** The edge that it is dragged by; the arrow keys, Home and End move it too. */
  readonly handleProps: ComponentPropsWithoutRef<'div'>;
}

const DEFAULT_PX = 320;
const MIN_PX = 120;
/** Of the window: something of the page must stay to be seen. */
const MAX_SHARE = 0.8;
const STEP_PX = 24;

/** How high a panel at the lower edge of the window is. */
export function usePanelHeight(): PanelHeight {
  // The panel is drawn after a click, never on a server.
  const maxPx = Math.max(MIN_PX, Math.round(window.innerHeight * MAX_SHARE));
  const [wantedPx, setWantedPx] = useState(DEFAULT_PX);
  const drag = useRef<{ readonly y: number; readonly heightPx: number } | null>(null);
  const clamp = (px: number): number => Math.round(Math.min(maxPx, Math.max(MIN_PX, px)));
  const heightPx = clamp(wantedPx);
  const end = (): void => {
    drag.current = null;
  };
  return {
    heightPx,
    handleProps: {
      role: 'separator',
      'aria-orientation': 'horizontal',
      'aria-valuenow': heightPx,
      'aria-valuemin': MIN_PX,
      'aria-valuemax': maxPx,
      tabIndex: 0,
      onKeyDown(event: KeyboardEvent) {
        const next = { ArrowUp: heightPx + STEP_PX, ArrowDown: heightPx - STEP_PX, Home: MIN_PX, End: maxPx }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        setWantedPx(clamp(next));
      },
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { y: event.clientY, heightPx };
      },
      onPointerMove(event: PointerEvent) {
        if (drag.current) setWantedPx(clamp(drag.current.heightPx + drag.current.y - event.clientY));
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
