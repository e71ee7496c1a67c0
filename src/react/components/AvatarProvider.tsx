import { useContext, useEffect, useInsertionEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarSession } from '../../session/AvatarSession.js';
import type { AvatarSessionOptions } from '../../session/createAvatarSession.js';
import { AvatarContext } from '../AvatarContext.js';
import { createCaptionChoice } from '../captions/createCaptionChoice.js';
import { createAvatarView } from '../createAvatarView.js';
import { createDeviceChoices } from '../devices/createDeviceChoices.js';
import { createFocusHandoff } from '../focus/createFocusHandoff.js';
import { useErrorReporter } from '../hooks/useErrorReporter.js';
import { useOwnedSession } from '../hooks/useOwnedSession.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { layWords } from '../labels/layWords.js';

/** What a provider takes besides the session or its options. */
export interface AvatarProviderOwnProps {
  readonly children?: ReactNode;
  /** Every error, once: of the session, of a refused change of options, of an action that no caller awaits. The latest function is called. */
  readonly onError?: (error: AvatarError) => void;
  /** Words that replace the built-in English ones. */
  readonly labels?: AvatarLabelOverrides;
  /**
   * Whether the devices that the user chooses are the ones of the next visit, too. True (default): kept in `localStorage` as
   * `visavis.devices`; a string: under that key; false: for this page only.
   */
  readonly rememberDevices?: boolean | string;
  /**
   * Whether captions that the user turns on are there at the next visit, too. True (default): kept in `localStorage` as
   * `visavis.captions`; a string: under that key; false: for this page only.
   */
  readonly rememberCaptions?: boolean | string;
}

/** Either a session that the application made and keeps, or the options of one that the provider makes. */
export type AvatarProviderProps = AvatarProviderOwnProps &
  ({ readonly session: AvatarSession } | (AvatarSessionOptions & { readonly session?: undefined }));

/**
 * Gives a session to everything below it. Renders no element, and connects nothing until `start()` is called.
 *
 * With options it makes the session once. `params` that change are sent, and another `turnTaking.mode` is taken at once; any other changed
 * option makes a new session as soon as none is running, and is reported to `onError` until then. Options are compared by value, so they may be inline;
 * for a `grant` function the latest one is called. The session ends a moment after the last provider that holds it has
 * gone, so StrictMode and unmounting while connecting are safe. A provider that takes the place of another (a changed `key`)
 * joins when the other has left; a leave that hangs holds it up for 5 s at most.
 *
 * @throws AvatarError `invalid-options` when the session cannot be made of the options
 * @example
 * ```tsx
 * <AvatarProvider grant="/api/avatar" params={{ language: 'en' }} onError={(error) => log(error.reason)}>
 *   <AvatarVideo />
 *   <StartButton />
 *   <EndButton />
 * </AvatarProvider>
 * ```
 */
export function AvatarProvider({ children, onError, labels, rememberDevices, rememberCaptions, ...source }: AvatarProviderProps): ReactElement {
  const report = useErrorReporter(onError);
  const scope = { labels, report, rememberDevices, rememberCaptions, children };
  return source.session === undefined ? (
    <OwnedScope {...scope} options={source} />
  ) : (
    <SessionScope {...scope} session={source.session} />
  );
}

interface ScopeProps {
  readonly labels: AvatarLabelOverrides | undefined;
  readonly report: (error: unknown) => void;
  readonly rememberDevices: boolean | string | undefined;
  readonly rememberCaptions: boolean | string | undefined;
  readonly children: ReactNode;
}

function OwnedScope({ options, ...scope }: ScopeProps & { readonly options: AvatarSessionOptions }): ReactElement {
  return <SessionScope {...scope} session={useOwnedSession(options, scope.report)} />;
}

function SessionScope({ session, labels, report, rememberDevices, rememberCaptions, children }: ScopeProps & { readonly session: AvatarSession }): ReactElement {
  const [focus] = useState(createFocusHandoff);
  const outer = useContext(AvatarContext);
  const inherited = outer?.words;
  const views = useMemo(() => createAvatarView(session, report), [session, report]);
  const shared = outer?.session === session && rememberDevices === undefined ? outer.devices : null;
  const devices = useMemo(() => shared ?? createDeviceChoices(session, rememberDevices ?? true), [shared, session, rememberDevices]);
  const known = outer?.session === session && rememberCaptions === undefined ? outer.captions : null;
  const captions = useMemo(() => known ?? createCaptionChoice(rememberCaptions ?? true), [known, rememberCaptions]);
  const value = useMemo(
    () => ({ session, views, focus, devices, captions, words: layWords(inherited, labels) }),
    [session, views, focus, devices, captions, inherited, labels],
  );
  // Before any other effect: a child may start the session in its own. Nothing is subscribed to the choices yet.
  useInsertionEffect(() => {
    if (shared === null) devices.restore();
  }, [shared, devices]);
  useEffect(() => session.retain(), [session]);
  useEffect(() => session.on('error', ({ error }) => report(error)), [session, report]);
  return <AvatarContext.Provider value={value}>{children}</AvatarContext.Provider>;
}
