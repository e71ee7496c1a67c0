const SAMPLE = 'Hamburgefonstiv 0123456789';
const SIZE_PX = 100;
/** Widths of the sample at 100 px, by the advance widths in the font itself: the same on every machine that has it. */
const WIDTHS_PX = { 'Liberation Sans': 1339.8, 'Liberation Mono': 1560.3 } as const;

/**
 * Text in another font differs everywhere, so that every picture would fail and none would say why.
 *
 * @throws Error naming the missing font and how to get it
 */
export function assertFonts(): void {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  for (const [family, expectedPx] of Object.entries(WIDTHS_PX)) {
    context.font = `${SIZE_PX}px "${family}", monospace`;
    const { width } = context.measureText(SAMPLE);
    if (Math.abs(width - expectedPx) > 1) {
      throw new Error(
        `The pictures were made with ${family}, and this machine shows another font in its place (${width.toFixed(1)} px instead of ${expectedPx}). Install the package fonts-liberation.`,
      );
    }
  }
}
