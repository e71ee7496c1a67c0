import type { ReactElement } from 'react';
import type { DevtoolsTurn } from './createTurnTimeline.js';
import { turnSpans } from './turnSpans.js';
import type { PanelWords } from './panelWords.js';

/** What the parts of each turn took, the newest first, as bars from the end of the user's speech. */
export function TurnWaterfall({ turns, labels }: { readonly turns: readonly DevtoolsTurn[]; readonly labels: PanelWords }): ReactElement {
  if (turns.length === 0) return <div className="visavis-devtools-empty">{labels.devtoolsTurnsEmpty}</div>;
  return (
    <div className="visavis-devtools-turns">
      {turns.map((turn, index) => <Turn key={`${turn.metrics.turnId}-${index}`} turn={turn} labels={labels} />).reverse()}
    </div>
  );
}

function Turn({ turn, labels }: { readonly turn: DevtoolsTurn; readonly labels: PanelWords }): ReactElement {
  const spans = turnSpans(turn);
  const startMs = Math.min(0, ...spans.map((span) => span.startMs));
  const lengthMs = Math.max(1, ...spans.map((span) => span.endMs)) - startMs;
  const share = (ms: number): string => `${((ms / lengthMs) * 100).toFixed(2)}%`;
  return (
    <div className="visavis-devtools-turn" data-state={turn.isOver ? 'over' : 'open'}>
      <div className="visavis-devtools-turn-name">{labels.devtoolsTurn(turn.metrics.turnId)}</div>
      <dl>
        {spans.map((span) => (
          <div key={span.name} data-span={span.name}>
            <dt>{labels.devtoolsSpans[span.name]}</dt>
            <dd>
              <span className="visavis-devtools-track" aria-hidden="true">
                <span style={{ insetInlineStart: share(span.startMs - startMs), inlineSize: share(span.endMs - span.startMs) }} />
              </span>
              <bdi>{Math.round(span.valueMs)} ms</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
