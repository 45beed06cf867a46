/** Does one after another, whichever of them throws. */
export function eachInTurn(...deeds: readonly (() => unknown)[]): void {
  for (const deed of deeds)
    try {
      deed();
    } catch {
      // The next is done all the same.
    }
}
