/** One of the vendor's avatar servers. It holds a single session at a time. */
export interface AvatarNode {
  /** Address or name, without brackets. */
  readonly host: string;
  readonly port: number;
  /** The avatar that is loaded there; null when discovery does not say. */
  readonly avatarId: string | null;
  readonly available: boolean;
}

/** Names a node in the ledger. */
export function nodeKey(node: Pick<AvatarNode, 'host' | 'port'>): string {
  return `${node.host.includes(':') ? `[${node.host}]` : node.host}:${node.port}`;
}
