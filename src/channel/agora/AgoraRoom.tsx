import type { IAgoraRTCClient } from 'agora-rtc-react';
import { lazy, Suspense, type ReactElement, type ReactNode } from 'react';

// Loaded when a room is rendered: evaluating the SDK needs a browser.
const AgoraRTCProvider = lazy(async () => ({ default: (await import('agora-rtc-react')).AgoraRTCProvider }));

export interface AgoraRoomProps {
  /** What `useChannelClient()` returns: the client of the room that the session has joined, or null. */
  readonly client: unknown;
  readonly children?: ReactNode;
  /** Shown while no room is joined. */
  readonly fallback?: ReactNode;
}

/**
 * Lets the hooks and components of agora-rtc-react work in the session's room: `useNetworkQuality`, `useRemoteUsers`, ...
 * The session keeps joining, leaving and subscribing to itself; do not use `useJoin` inside.
 *
 * @example
 * ```tsx
 * const client = useChannelClient();
 * return <AgoraRoom client={client}><NetworkQuality /></AgoraRoom>;
 * ```
 */
export function AgoraRoom({ client, children, fallback = null }: AgoraRoomProps): ReactElement {
  if (client === null || client === undefined) return <>{fallback}</>;
  return (
    <Suspense fallback={fallback}>
      {/* The session's channel made it: Agora's own client, or the loopback client with the members that the library touches. */}
      <AgoraRTCProvider client={client as IAgoraRTCClient}>{children}</AgoraRTCProvider>
    </Suspense>
  );
}
