/** The result of `work`; rejects if it takes longer. */
export const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new Error('too late'));
      }, milliseconds);
    }),
  ]);
