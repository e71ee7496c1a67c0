/** Whether pictures are being taken: what moves by itself then stands still, so that two pictures are alike. */
export function isStill(): boolean {
  return document.documentElement.dataset['still'] !== undefined;
}
