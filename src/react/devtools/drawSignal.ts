/** The latest values of something, oldest first when read. */
export interface SignalTrace {
  push(value: number, isActive: boolean): void;
  /** @param read gets the value and whether it was active, from the oldest to the newest. */
  forEach(read: (value: number, isActive: boolean, index: number) => void): void;
  readonly length: number;
}

/** Makes a trace that is flat. @param length how many values it holds. */
export function createTrace(length: number): SignalTrace {
  const values = new Float32Array(length);
  const active = new Uint8Array(length);
  let next = 0;
  return {
    length,
    push(value, isActive) {
      values[next] = value;
      active[next] = isActive ? 1 : 0;
      next = (next + 1) % length;
    },
    forEach(read) {
      for (let index = 0; index < length; index++) {
        const at = (next + index) % length;
        read(values[at] ?? 0, active[at] === 1, index);
      }
    },
  };
}

/**
 * Draws two traces, one above the other, each around its middle: what the microphone gave, and how loud the answer was.
 * In the colours of the canvas itself: `color` for what was sent, `outline-color` for the answer, `border-color` for what was not sent.
 */
export function drawSignal(canvas: HTMLCanvasElement, upper: SignalTrace, lower: SignalTrace): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const style = getComputedStyle(canvas);
  const quiet = style.borderInlineStartColor;
  context.clearRect(0, 0, width, height);
  const half = height / 2;
  const draw = (trace: SignalTrace, top: number, color: string): void => {
    const step = width / trace.length;
    trace.forEach((value, isActive, index) => {
      const bar = Math.max(ratio, value * half * 0.96);
      context.fillStyle = isActive ? color : quiet;
      context.fillRect(index * step, top + (half - bar) / 2, Math.max(step * 0.7, 1), bar);
    });
  };
  draw(upper, 0, style.color);
  draw(lower, half, style.outlineColor);
}
