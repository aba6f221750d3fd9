/** The seed of this run's random tests; set FAULTLINE_SEED to the one printed to repeat a run. */
export const SEED = Number(process.env.FAULTLINE_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Random systems a test; a night's run sets FAULTLINE_RUNS higher. */
export const RUNS = Number(process.env.FAULTLINE_RUNS ?? 1000);
