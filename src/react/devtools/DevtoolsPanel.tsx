import { useId, useRef, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import styles from '../styles/devtoolsPanel.css?inline';
import type { DevtoolsRecorder } from './createDevtoolsRecorder.js';
import { EventLog } from './EventLog.js';
import { FaultSwitches } from './FaultSwitches.js';
import type { PanelWords } from './panelWords.js';
import { Section } from './Section.js';
import { SessionSummary } from './SessionSummary.js';
import { SignalView } from './SignalView.js';
import { TurnWaterfall } from './TurnWaterfall.js';
import { usePanelHeight } from './usePanelHeight.js';
import { useStyles } from './useStyles.js';

export interface DevtoolsPanelProps {
  readonly recorder: DevtoolsRecorder;
  readonly labels: PanelWords;
  readonly emulatorUrl: string | undefined;
  /** The session in a few words. */
  readonly status: ReactNode;
  /** How the room's connection does. */
  readonly connection: ReactNode;
  readonly closeButton: ReactNode;
}

/** All of the tools: what is seen between the edges of the panel. */
export function DevtoolsPanel({ recorder, labels, emulatorUrl, status, connection, closeButton }: DevtoolsPanelProps): ReactElement {
  const record = useSyncExternalStore(recorder.subscribe, recorder.getSnapshot, recorder.getSnapshot);
  const { heightPx, handleProps } = usePanelHeight();
  const bodyId = useId();
  const edge = useRef<HTMLDivElement>(null);
  useStyles(edge, styles);
  return (
    <>
      <div {...handleProps} ref={edge} className="visavis-devtools-edge" aria-label={labels.devtoolsResize} aria-controls={bodyId} />
      <div className="visavis-devtools-head">
        {status}
        <SessionSummary />
        {closeButton}
      </div>
      <div id={bodyId} className="visavis-devtools-body" style={{ blockSize: heightPx }}>
        <Section title={labels.devtoolsTurns} scrolls>
          <TurnWaterfall turns={record.turns} labels={labels} />
        </Section>
        <Section title={labels.devtoolsEvents} isWide>
          <EventLog entries={record.entries} isPaused={record.isPaused} recorder={recorder} labels={labels} />
        </Section>
        <div className="visavis-devtools-column" role="group" aria-label={labels.connectionDetails} tabIndex={0}>
          <Section title={labels.devtoolsSignal}>
            <SignalView labels={labels} />
          </Section>
          <Section title={labels.connectionDetails}>
            {connection}
          </Section>
          {emulatorUrl !== undefined && (
            <Section title={labels.devtoolsFaults}>
              <FaultSwitches emulatorUrl={emulatorUrl} labels={labels} />
            </Section>
          )}
        </div>
      </div>
    </>
  );
}
