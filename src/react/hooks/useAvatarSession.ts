import { useSyncExternalStoreWithSelector } from 'use-sync-external-store/with-selector';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarView } from '../createAvatarView.js';
import { shallowEqual } from '../shallowEqual.js';

/**
 * The state of the nearest session and what can be done with it.
 *
 * Without a selector the component renders at every change of the state; with one, only when what it selects changes.
 *
 * @param selector picks what the component needs; may be written inline and may return a new object or array.
 * @param isEqual when two selections count as the same. Default: identical, or plain objects and arrays with identical members.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, start, end } = useAvatarSession();
 * const recoveries = useAvatarSession((view) => view.recoveries);
 * ```
 */
export function useAvatarSession(): AvatarView;
export function useAvatarSession<T>(selector: (view: AvatarView) => T, isEqual?: (before: T, after: T) => boolean): T;
export function useAvatarSession<T>(
  selector?: (view: AvatarView) => T,
  isEqual: (before: T | AvatarView, after: T | AvatarView) => boolean = shallowEqual,
): T | AvatarView {
  const { views } = useAvatarContext();
  return useSyncExternalStoreWithSelector<AvatarView, T | AvatarView>(
    views.subscribe,
    views.getView,
    views.getServerView,
    selector ?? identity,
    isEqual,
  );
}

function identity(view: AvatarView): AvatarView {
  return view;
}
