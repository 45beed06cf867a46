/** The summary of many measurements of one thing. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  /** The first and the third quartile. */
  readonly quartiles: readonly [number, number];
}

export function summarise(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  return { count: sorted.length, median: at(sorted, 0.5), quartiles: [at(sorted, 0.25), at(sorted, 0.75)] };
}

export const median = (samples: readonly number[]): number => summarise(samples).median;

function at(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}
