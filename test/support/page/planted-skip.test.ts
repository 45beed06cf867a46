// Not part of the suite: test/house/skips.test.ts runs it and expects its run to fail.
it('is run', () => undefined);
it.skip('is not', () => undefined);
