import type { ReactElement } from 'react';
import type { ChannelStats } from '../../channel/channel.js';
import type { ConversationLabels } from '../labels/ConversationLabels.js';

/** In the order in which people ask for them. */
const NAMES = ['roundTripMs', 'audioDelayMs', 'audioLossRate', 'videoLossRate', 'videoFreezeRate', 'receiveBitsPerSecond', 'sendBitsPerSecond'] as const;

/** The numbers of a room, as far as its client measures them. */
export function StatsList({ stats, labels }: { readonly stats: ChannelStats | null; readonly labels: ConversationLabels }): ReactElement {
  const known = NAMES.flatMap((name) => {
    const value = stats?.[name] ?? null;
    return value === null ? [] : [{ name, text: format(name, value) }];
  });
  if (known.length === 0) return <div className="visavis-quality-empty">{labels.connectionUnknown}</div>;
  return (
    <dl className="visavis-quality-list">
      {known.map(({ name, text }) => (
        <div key={name} className="visavis-quality-row">
          <dt>{labels.stats[name]}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** In the reader's own way of writing numbers: this is drawn after a click, never on a server. */
function format(name: (typeof NAMES)[number], value: number): string {
  if (name.endsWith('Ms')) return new Intl.NumberFormat(undefined, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(value);
  if (name.endsWith('Rate')) return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  return new Intl.NumberFormat(undefined, { style: 'unit', unit: 'kilobit-per-second', maximumFractionDigits: 0 }).format(value / 1000);
}
