import { nodeKey, type AvatarNode } from './avatarNode.js';

export interface SampleOptions {
  readonly avatarId: string;
  /** Key of a node that is always among them; null for none. */
  readonly include: string | null;
  readonly maxNodes: number;
}

/** Of many nodes some by chance, those first that hold the avatar already. Of few nodes all. */
export function sampleNodes(nodes: readonly AvatarNode[], { avatarId, include, maxNodes }: SampleOptions): readonly AvatarNode[] {
  if (nodes.length <= maxNodes) return nodes;
  const drawn = nodes.map((node) => ({
    node,
    isOther: Number(nodeKey(node) !== include),
    isOtherAvatar: Number(node.avatarId !== avatarId),
    chance: Math.random(),
  }));
  drawn.sort((a, b) => a.isOther - b.isOther || a.isOtherAvatar - b.isOtherAvatar || a.chance - b.chance);
  return drawn.slice(0, maxNodes).map(({ node }) => node);
}
