import type { FaultName } from './faultCatalog.js';

/** Whose services the emulator plays. */
export type EmulatedVendor = 'akool-streaming' | 'akool-live' | 'dve';

/** A fault as somebody asked for it. Without `node` and `session` it hits whoever comes first. */
export interface FaultRequest {
  readonly fault: FaultName;
  /** Index of the node. */
  readonly node?: number | undefined;
  /** The socket's session_id; the assistant_id of a voice socket; the id of a hosted session; the name of a room. */
  readonly session?: string | undefined;
  /** Hits connections to this vendor only. */
  readonly vendor?: EmulatedVendor | undefined;
  readonly code?: number | undefined;
  readonly delayMs?: number | undefined;
  /** How often it strikes. Default 1. */
  readonly times?: number | undefined;
  /** Strikes until it is cleared. */
  readonly forever?: boolean | undefined;
  /** For refuse-node: discovery shows the node as unhealthy too. */
  readonly unhealthy?: boolean | undefined;
}

export interface ArmedFault extends FaultRequest {
  readonly remaining: number | 'forever';
}

/** Whom a fault may hit. */
export interface FaultScope {
  readonly node?: number;
  readonly session?: string;
  readonly vendor?: EmulatedVendor;
}

export interface Faults {
  arm(request: FaultRequest): void;
  /** The armed fault of that name that fits the scope, used up once; null when there is none. */
  take(fault: FaultName, scope: FaultScope): ArmedFault | null;
  /** Like `take`, without using it up. */
  find(fault: FaultName, scope: FaultScope): ArmedFault | null;
  list(): readonly ArmedFault[];
  clear(): void;
}

/** Makes the list of faults that wait for their moment. */
export function createFaults(): Faults {
  let armed: readonly ArmedFault[] = [];

  const find = (fault: FaultName, scope: FaultScope) =>
    armed.find((candidate) => candidate.fault === fault && scopeFits(candidate, scope)) ?? null;

  return {
    find,
    list: () => armed,
    clear() {
      armed = [];
    },
    arm(request) {
      armed = [...armed, { ...request, remaining: request.forever ? 'forever' : (request.times ?? 1) }];
    },
    take(fault, scope) {
      const found = find(fault, scope);
      if (!found || found.remaining === 'forever') return found;
      const left = { ...found, remaining: found.remaining - 1 };
      armed = armed.flatMap((candidate) => (candidate !== found ? [candidate] : left.remaining > 0 ? [left] : []));
      return found;
    },
  };
}

/** True when a fault asked for as `wanted` may hit something in `scope`. */
export function scopeFits(wanted: FaultScope | FaultRequest, scope: FaultScope): boolean {
  return (
    (wanted.node === undefined || wanted.node === scope.node) &&
    (wanted.session === undefined || wanted.session === scope.session) &&
    (wanted.vendor === undefined || wanted.vendor === scope.vendor)
  );
}
