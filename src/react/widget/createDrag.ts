/** Below this it is a click by an unsteady hand. */
const SLOP_PX = 6;

export interface DragOptions {
  /** What moves. */
  readonly element: HTMLElement;
  readonly pointerId: number;
  /** Where the pointer went down. Viewport pixels. */
  readonly x: number;
  readonly y: number;
  /** It has been let go, and lies in this box. Call `settle` once it has its new place. */
  readonly onDrop: (box: DOMRect, settle: () => void) => void;
}

/**
 * Moves an element with the pointer until it is let go, without rendering; Escape puts it back. Then it glides from where it was let go to
 * wherever it rests.
 *
 * @returns ends it where it is.
 */
export function createDrag({ element, pointerId, x, y, onDrop }: DragOptions): () => void {
  const page = element.ownerDocument;
  let moving = false;

  function move(event: PointerEvent): void {
    if (event.pointerId !== pointerId) return;
    const byX = event.clientX - x;
    const byY = event.clientY - y;
    if (!moving && Math.hypot(byX, byY) < SLOP_PX) return;
    moving = true;
    element.dataset['dragging'] = '';
    element.style.translate = `${byX}px ${byY}px`;
  }

  function up(event: PointerEvent): void {
    if (event.pointerId !== pointerId) return;
    stop();
    if (!moving) return;
    // The click that follows is no click.
    page.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => page.removeEventListener('click', swallow, true), 0);
    if (event.type === 'pointercancel') return rest();
    const box = element.getBoundingClientRect();
    onDrop(box, () => settle(box));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !moving) return;
    event.stopPropagation();
    stop();
    rest();
  }

  /** From where it lies to where it now belongs. */
  function settle(before: DOMRect): void {
    rest();
    const after = element.getBoundingClientRect();
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (calm || typeof element.animate !== 'function') return;
    element.animate([{ translate: `${before.left - after.left}px ${before.top - after.top}px` }, { translate: '0 0' }], { duration: 260, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
  }

  function rest(): void {
    delete element.dataset['dragging'];
    element.style.translate = '';
  }

  function stop(): void {
    page.removeEventListener('pointermove', move);
    page.removeEventListener('pointerup', up);
    page.removeEventListener('pointercancel', up);
    page.removeEventListener('keydown', onKeyDown, true);
  }

  page.addEventListener('pointermove', move);
  page.addEventListener('pointerup', up);
  page.addEventListener('pointercancel', up);
  page.addEventListener('keydown', onKeyDown, true);
  return () => {
    stop();
    rest();
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
