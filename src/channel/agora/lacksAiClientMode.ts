const SINCE = [4, 24, 8];

/** True for a version of the SDK that does not know `aiClientMode` and would ignore it silently. */
export function lacksAiClientMode(version: string): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, wanted] of SINCE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return !(part > wanted);
  }
  return false;
}
