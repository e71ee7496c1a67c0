import { useEffect, useMemo, useRef, type ComponentPropsWithoutRef, type KeyboardEvent, type RefObject } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { DevtoolsRecorder } from '../devtools/createDevtoolsRecorder.js';
import { isShortcut } from '../devtools/shortcut.js';
import { useLoaded } from '../devtools/useLoaded.js';
import { useControllable } from '../useControllable.js';
import { useLatest } from '../useLatest.js';

export interface UseAvatarDevtoolsOptions {
  /** Whether the tools are seen, where the application keeps that. */
  readonly open?: boolean;
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Opens and closes them from anywhere in the page, written as `aria-keyshortcuts`. Default `Alt+Shift+V`; null for none. */
  readonly shortcut?: string | null;
  /** How many events the log keeps. Default 500. */
  readonly maxEntries?: number;
}

export interface UseAvatarDevtoolsResult {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** Follows the session from the moment on at which its code is there; null before. Read it with `useSyncExternalStore`. */
  readonly recorder: DevtoolsRecorder | null;
  /** `failed`: the code could not be fetched. */
  readonly status: 'loading' | 'ready' | 'failed';
  readonly buttonProps: ComponentPropsWithoutRef<'button'> & { readonly ref: RefObject<HTMLButtonElement | null> };
  /** The panel, while `open`: takes the focus when it comes, and Escape shuts it. */
  readonly panelProps: ComponentPropsWithoutRef<'div'> & { readonly ref: RefObject<HTMLDivElement | null> };
}

// By import(): nothing of it is in an application that does not use it, and none of it in the first load of one that does.
const loadRecorder = () => import('../devtools/createDevtoolsRecorder.js');

/**
 * Records what happens in the nearest session, for a panel or a bug report of your own. Its code is fetched when the component mounts.
 * Nothing renders while events come in; tickets and tokens are left out.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { recorder } = useAvatarDevtools({ shortcut: null });
 * return <button onClick={() => recorder && report(recorder.toJson())}>Report a problem</button>;
 * ```
 */
export function useAvatarDevtools(options: UseAvatarDevtoolsOptions = {}): UseAvatarDevtoolsResult {
  const { shortcut = 'Alt+Shift+V', maxEntries = 500 } = options;
  const { session } = useAvatarContext();
  const [open, setOpen] = useControllable(options.open, options.defaultOpen ?? false, options.onOpenChange);
  const { status, value: code } = useLoaded(loadRecorder, true);
  const recorder = useMemo(() => code?.createDevtoolsRecorder({ maxEntries }) ?? null, [code, maxEntries]);
  useEffect(() => recorder?.attach(session), [recorder, session]);

  const latest = useLatest({ open, setOpen });
  useEffect(() => {
    if (shortcut === null) return;
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || !isShortcut(shortcut, event)) return;
      event.preventDefault();
      latest.current.setOpen(!latest.current.open);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shortcut, latest]);

  const buttonRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current === open) return;
    wasOpen.current = open;
    const { activeElement, body } = document;
    if (open) {
      cameFrom.current = activeElement;
      panelRef.current?.focus({ preventScroll: true });
      return;
    }
    // With the panel the focus was lost; where it has gone elsewhere since, it stays.
    if (activeElement !== null && activeElement !== body) return;
    const target = cameFrom.current instanceof HTMLElement && cameFrom.current !== body && cameFrom.current.isConnected ? cameFrom.current : buttonRef.current;
    target?.focus({ preventScroll: true });
  }, [open]);

  return {
    open,
    setOpen,
    recorder,
    status,
    buttonProps: {
      ref: buttonRef,
      type: 'button',
      hidden: open,
      'aria-expanded': open,
      'aria-keyshortcuts': shortcut ?? undefined,
      onClick: () => setOpen(true),
    },
    panelProps: {
      ref: panelRef,
      role: 'dialog',
      tabIndex: -1,
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        setOpen(false);
      },
    },
  };
}
