/**
 * Follows what the browser has been told of this page's microphone.
 *
 * @param onChange at once and at every change; null where the browser does not tell (older Firefox and Safari).
 * @returns ends it.
 */
export function watchPermission(onChange: (state: PermissionState | null) => void): () => void {
  let status: PermissionStatus | null = null;
  let stopped = false;
  const tell = (): void => onChange(status?.state ?? null);

  async function ask(): Promise<void> {
    status = (await navigator.permissions?.query({ name: 'microphone' }).catch(() => null)) ?? null;
    if (stopped) return;
    status?.addEventListener('change', tell);
    tell();
  }

  void ask();
  return () => {
    stopped = true;
    status?.removeEventListener('change', tell);
  };
}
