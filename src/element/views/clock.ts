const tolerance = 5 * 60_000;

/** This computer's clock and the register's are five minutes apart or more. */
export const isClockWrong = (clock: number | undefined): boolean => clock !== undefined && Math.abs(clock) >= tolerance;
