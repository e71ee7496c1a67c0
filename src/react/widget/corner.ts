/** Where the widget rests: block side, then inline side, so that it changes sides with the direction of writing. */
export type WidgetCorner = 'start-start' | 'start-end' | 'end-start' | 'end-end';

/** From where people expect it, to where it is least in the way of that. */
export const CORNERS: readonly WidgetCorner[] = ['end-end', 'end-start', 'start-end', 'start-start'];

/** A box on the screen, as `getBoundingClientRect` has it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function isCorner(value: unknown): value is WidgetCorner {
  return CORNERS.some((corner) => corner === value);
}

/** The corner nearest to a box. @param rtl true where writing goes from right to left. */
export function nearestCorner({ left, top, right, bottom }: Box, viewport: { readonly width: number; readonly height: number }, rtl: boolean): WidgetCorner {
  const atLeft = (left + right) / 2 < viewport.width / 2;
  return `${(top + bottom) / 2 < viewport.height / 2 ? 'start' : 'end'}-${atLeft === rtl ? 'end' : 'start'}`;
}

/** The corner that an arrow key leads to, which may be the same; null for other keys. */
export function cornerByKey(corner: WidgetCorner, key: string, rtl: boolean): WidgetCorner | null {
  const [block, inline] = corner.startsWith('start') ? (['start', corner.slice(6)] as const) : (['end', corner.slice(4)] as const);
  const toLeft = rtl ? 'end' : 'start';
  const toRight = rtl ? 'start' : 'end';
  const side = inline === 'start' ? 'start' : 'end';
  switch (key) {
    case 'ArrowUp':
      return `start-${side}`;
    case 'ArrowDown':
      return `end-${side}`;
    case 'ArrowLeft':
      return `${block}-${toLeft}`;
    case 'ArrowRight':
      return `${block}-${toRight}`;
    default:
      return null;
  }
}

/** Where a box of the same size would lie in another corner, by mirroring it. */
export function boxInCorner(box: Box, from: WidgetCorner, to: WidgetCorner, viewport: { readonly width: number; readonly height: number }): Box {
  const [top, bottom] = from.startsWith('start') === to.startsWith('start') ? [box.top, box.bottom] : [viewport.height - box.bottom, viewport.height - box.top];
  const [left, right] = from.endsWith('start') === to.endsWith('start') ? [box.left, box.right] : [viewport.width - box.right, viewport.width - box.left];
  return { left, top, right, bottom };
}

export function overlap(first: Box, second: Box): boolean {
  return first.left < second.right && second.left < first.right && first.top < second.bottom && second.top < first.bottom;
}
