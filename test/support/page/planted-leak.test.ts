/**
 * Passes except for the leak guard. `test/house/leaks.test.ts` runs it to see that a component test that leaks fails.
 */
it('a component test that leaks', () => {
  console.warn('asked for 999 000 0018');
});
