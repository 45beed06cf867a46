/** Passes, but for the leak guard: what `test/house/leaks.test.ts` runs to see that a component test that leaks fails. */
it('a component test that leaks', () => {
  console.warn('asked for 999 000 0018');
});
