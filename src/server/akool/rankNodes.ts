import { nodeKey, type AvatarNode } from './avatarNode.js';

export interface RankOptions {
  readonly nodes: readonly AvatarNode[];
  /** Recent failures of each node, in the order of `nodes`. */
  readonly failures: readonly number[];
  readonly avatarId: string;
  /** Key of a node that just failed this session: taken only when there is nothing else. */
  readonly avoid: string | null;
}

/** Failures this old or older no longer tell one node from another. */
const FORGIVEN_FAILURES = 0.25;

/**
 * The nodes in the order in which to try them: those that have not failed lately, then those that hold the avatar
 * already, then by chance, so that many servers do not all pick the same one.
 */
export function rankNodes({ nodes, failures, avatarId, avoid }: RankOptions): AvatarNode[] {
  const candidates = nodes.map((node, index) => ({
    node,
    isAvoided: Number(nodeKey(node) === avoid),
    failures: forgiveSmall(failures[index] ?? 0),
    isOtherAvatar: Number(node.avatarId !== avatarId),
    chance: Math.random(),
  }));
  candidates.sort(
    (a, b) => a.isAvoided - b.isAvoided || a.failures - b.failures || a.isOtherAvatar - b.isOtherAvatar || a.chance - b.chance,
  );
  return candidates.map(({ node }) => node);
}

/** Rounded, so that two nodes which failed seconds apart count as equals. */
function forgiveSmall(failures: number): number {
  return failures <= FORGIVEN_FAILURES ? 0 : Math.ceil(failures);
}
