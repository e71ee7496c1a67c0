/**
 * True when there is a microphone that can be opened without a question to the user: a browser's question in the middle of a
 * conversation, long after the last click, would come out of nowhere.
 */
export async function hasOtherMicrophone(): Promise<boolean> {
  const { mediaDevices, permissions } = navigator;
  const devices = await mediaDevices.enumerateDevices();
  if (!devices.some(({ kind }) => kind === 'audioinput')) return false;
  // Browsers without the query do not ask again in a page that has had a microphone.
  const permission = await permissions?.query({ name: 'microphone' }).catch(() => null);
  return !permission || permission.state === 'granted';
}
