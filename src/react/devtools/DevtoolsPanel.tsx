import { useId, useRef, useSyncExternalStore, type ReactElement } from 'react';
import { useConnectionStats } from '../hooks/useConnectionStats.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { useWords } from '../labels/useWords.js';
import { EndIcon } from '../parts/icons.js';
import { StatsList } from '../parts/StatsList.js';
import styles from '../styles/devtoolsPanel.css?inline';
import type { DevtoolsRecorder } from './createDevtoolsRecorder.js';
import { EventLog } from './EventLog.js';
import { FaultSwitches } from './FaultSwitches.js';
import { panelWords } from './panelWords.js';
import { Section } from './Section.js';
import { SessionSummary } from './SessionSummary.js';
import { SignalView } from './SignalView.js';
import { TurnWaterfall } from './TurnWaterfall.js';
import { usePanelHeight } from './usePanelHeight.js';
import { useStyles } from './useStyles.js';

export interface DevtoolsPanelProps {
  readonly recorder: DevtoolsRecorder;
  /** Words that replace those of the provider. */
  readonly overrides: AvatarLabelOverrides | undefined;
  readonly emulatorUrl: string | undefined;
  readonly onClose: () => void;
}

/** All of the tools: what is seen between the edges of the panel. */
export function DevtoolsPanel({ recorder, overrides, emulatorUrl, onClose }: DevtoolsPanelProps): ReactElement {
  const labels = useWords(panelWords, overrides);
  const record = useSyncExternalStore(recorder.subscribe, recorder.getSnapshot, recorder.getSnapshot);
  const { heightPx, handleProps } = usePanelHeight();
  const { stats } = useConnectionStats();
  const bodyId = useId();
  const edge = useRef<HTMLDivElement>(null);
  useStyles(edge, styles);
  return (
    <>
      <div {...handleProps} ref={edge} className="visavis-devtools-edge" aria-label={labels.devtoolsResize} aria-controls={bodyId} />
      <div className="visavis-devtools-head">
        <SessionSummary labels={labels} />
        <button type="button" className="visavis-button visavis-button-plain" aria-label={labels.devtoolsClose} title={labels.devtoolsClose} onClick={onClose}>
          <EndIcon />
        </button>
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
            <StatsList stats={stats} labels={labels} />
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
