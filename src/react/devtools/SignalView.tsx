import { useEffect, useRef, type ReactElement } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { runSignal } from './runSignal.js';
import type { PanelWords } from './panelWords.js';

/** The sound of both directions, of the last four seconds. Drawn, never rendered. */
export function SignalView({ labels }: { readonly labels: PanelWords }): ReactElement {
  const { session } = useAvatarContext();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) return runSignal(session, canvas.current);
  }, [session]);
  return (
    <div className="visavis-devtools-signal">
      <canvas ref={canvas} role="img" aria-label={labels.devtoolsSignal} />
      <span>{labels.devtoolsSent}</span>
      <span>{labels.devtoolsReceived}</span>
    </div>
  );
}
