const tolerance = 5 * 60_000;

/** Whether this computer's clock and the register's are five minutes or more apart. */
export const isClockWrong = (clock: number | undefined): boolean => clock !== undefined && Math.abs(clock) >= tolerance;
