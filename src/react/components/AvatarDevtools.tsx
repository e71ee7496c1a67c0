import { forwardRef, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { panelWords, type PanelWords } from '../devtools/panelWords.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarContext } from '../AvatarContext.js';
import { describeStatus } from '../describeStatus.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { useLoaded } from '../devtools/useLoaded.js';
import { useAvatarDevtools, type UseAvatarDevtoolsOptions, type UseAvatarDevtoolsResult } from '../hooks/useAvatarDevtools.js';
import { useConnectionStats } from '../hooks/useConnectionStats.js';
import { EndIcon, ToolsIcon } from '../parts/icons.js';
import { StatsList } from '../parts/StatsList.js';
import { withClass } from '../parts/withClass.js';

export interface AvatarDevtoolsProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, UseAvatarDevtoolsOptions {
  /** `bottom` (default): over the lower edge of the window. `inline`: where it stands in the page. */
  readonly placement?: 'bottom' | 'inline';
  /** Control address of the emulator that the session runs on, such as `http://127.0.0.1:7300`; shows the switches that make it fail. */
  readonly emulatorUrl?: string;
  /** Draws the panel's content. Default: session, turns, events, sound, connection. */
  readonly children?: (devtools: UseAvatarDevtoolsResult) => ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

const loadPanel = () => import('../devtools/DevtoolsPanel.js');

/**
 * Shows developers what happens in a session: its state, what each turn took, every event with tickets and tokens left out, the messages
 * of the services decoded, the sound of both directions, how the connection does; and makes the emulator fail. Its code is fetched when it is mounted,
 * that of the panel when it is first opened. `data-state` is `open` or `closed`.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * <AvatarProvider grant="/api/avatar">
 *   <Avatar />
 *   {import.meta.env.DEV && <AvatarDevtools emulatorUrl="http://127.0.0.1:7300" />}
 * </AvatarProvider>
 * ```
 */
export const AvatarDevtools = forwardRef<HTMLDivElement, AvatarDevtoolsProps>(function AvatarDevtools(
  { open, defaultOpen, onOpenChange, shortcut, maxEntries, placement = 'bottom', emulatorUrl, children, labels: overrides, className, ...props },
  ref,
) {
  const labels = useWords(panelWords, overrides);
  const devtools = useAvatarDevtools({ open, defaultOpen, onOpenChange, shortcut, maxEntries });
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-devtools', className)}
      data-visavis=""
      data-slot="avatar-devtools"
      data-state={devtools.open ? 'open' : 'closed'}
      data-placement={placement}
    >
      <button {...devtools.buttonProps} className="visavis-button visavis-devtools-button" aria-label={labels.devtoolsOpen} title={labels.devtoolsOpen}>
        <ToolsIcon />
      </button>
      {devtools.open && (
        <div {...devtools.panelProps} className="visavis-devtools-panel" aria-label={labels.devtools}>
          {children?.(devtools) ?? <Panel devtools={devtools} labels={labels} emulatorUrl={emulatorUrl} />}
        </div>
      )}
    </div>
  );
});

interface PanelProps {
  readonly devtools: UseAvatarDevtoolsResult;
  readonly labels: PanelWords;
  readonly emulatorUrl: string | undefined;
}

function Panel({ devtools, labels, emulatorUrl }: PanelProps): ReactElement {
  const { status, value } = useLoaded(loadPanel, true);
  const { recorder } = devtools;
  if (value !== null && recorder !== null) {
    // What the page has anyway is handed over: what a part that is loaded later shares with it costs every page a file more.
    const closeButton = (
      <button type="button" className="visavis-button visavis-button-plain" aria-label={labels.devtoolsClose} title={labels.devtoolsClose} onClick={() => devtools.setOpen(false)}>
        <EndIcon />
      </button>
    );
    return <value.DevtoolsPanel recorder={recorder} labels={labels} emulatorUrl={emulatorUrl} status={<Status labels={labels} />} connection={<Connection labels={labels} />} closeButton={closeButton} />;
  }
  const failed = status === 'failed' || devtools.status === 'failed';
  return (
    <div className="visavis-devtools-empty" role={failed ? 'alert' : 'status'}>
      {failed ? labels.devtoolsFailed : labels.devtoolsLoading}
    </div>
  );
}

/** Not announced: `ConnectionStatus` does that. */
function Status({ labels }: { readonly labels: PanelWords }): ReactElement {
  const { session } = useAvatarContext();
  const { status, text, tone } = useAvatarSession((view) => ({ status: view.status, ...describeStatus(view, labels, session.usesMicrophone) }));
  return (
    <span className="visavis-status" data-state={status} data-tone={tone}>
      <span className="visavis-status-dot" aria-hidden="true" />
      <span className="visavis-status-text">{text}</span>
    </span>
  );
}

function Connection({ labels }: { readonly labels: PanelWords }): ReactElement {
  const { stats } = useConnectionStats();
  return <StatsList stats={stats} labels={labels} />;
}
