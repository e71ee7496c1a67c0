import { memo, useState, type ReactElement } from 'react';
import { useRun } from '../hooks/useRun.js';
import type { DevtoolsRecorder } from './createDevtoolsRecorder.js';
import type { DevtoolsEntry } from './DevtoolsEntry.js';
import { filterEntries } from './filterEntries.js';
import type { PanelWords } from './panelWords.js';

interface EventLogProps {
  readonly entries: readonly DevtoolsEntry[];
  readonly isPaused: boolean;
  readonly recorder: DevtoolsRecorder;
  readonly labels: PanelWords;
}

/** Rows that are drawn: a log of thousands would make every commit slow. The filter finds the others. */
const MAX_ROWS = 200;

/** The events, the newest first, to be filtered, stopped, copied, and opened one by one. */
export function EventLog({ entries, isPaused, recorder, labels }: EventLogProps): ReactElement {
  const [filter, setFilter] = useState('');
  const [openId, setOpenId] = useState<number | null>(null);
  const copy = useRun(async () => navigator.clipboard.writeText(recorder.toJson()));
  const found = filterEntries(entries, filter);
  return (
    <>
      <div className="visavis-devtools-tools">
        <input type="search" aria-label={labels.devtoolsFilter} placeholder={labels.devtoolsFilter} value={filter} onChange={(event) => setFilter(event.target.value)} />
        <button type="button" className="visavis-button visavis-button-plain" aria-pressed={isPaused} onClick={() => recorder.setPaused(!isPaused)}>
          {labels.devtoolsPause}
        </button>
        <button type="button" className="visavis-button visavis-button-plain" onClick={recorder.clear}>
          {labels.devtoolsClear}
        </button>
        <button type="button" className="visavis-button visavis-button-plain" onClick={copy.run}>
          {labels.devtoolsCopy}
        </button>
        <span className="visavis-note" role="status" data-tone={copy.status === 'failed' ? 'warning' : 'good'}>
          {copy.status === 'done' ? labels.devtoolsCopied : copy.status === 'failed' ? labels.devtoolsCopyFailed : ''}
        </span>
      </div>
      {found.length === 0 ? (
        <div className="visavis-devtools-empty">{entries.length === 0 ? labels.devtoolsEventsEmpty : labels.devtoolsFilterEmpty}</div>
      ) : (
        // What the code says is in English, from left to right, in every language.
        <div className="visavis-devtools-log" dir="ltr" lang="en">
          {found
            .slice(-MAX_ROWS)
            .reverse()
            .map((entry) => (
              <Row key={entry.id} entry={entry} isOpen={entry.id === openId} onToggle={setOpenId} />
            ))}
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly entry: DevtoolsEntry;
  readonly isOpen: boolean;
  readonly onToggle: (id: number | null) => void;
}

// An entry never changes: only the new ones are drawn.
const Row = memo(function Row({ entry, isOpen, onToggle }: RowProps): ReactElement {
  return (
    <div data-area={entry.area}>
      <button type="button" className="visavis-devtools-row" aria-expanded={isOpen} onClick={() => onToggle(isOpen ? null : entry.id)}>
        <span className="visavis-devtools-time">{timeOf(entry.atMs)}</span> <b>{entry.type}</b> <span>{entry.summary}</span>
      </button>
      {isOpen && <div className="visavis-devtools-detail">{JSON.stringify(entry.detail, null, 2)}</div>}
    </div>
  );
});

/** `12:03:59.120`, as the clock on the wall has it. */
function timeOf(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
