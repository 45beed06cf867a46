/** What `work` gives; rejects when it has not by then. */
export const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new Error('too late'));
      }, milliseconds);
    }),
  ]);
