// Figures of many: percentiles of waiting times, the middle of several rates.

/** What `share` (0 to 1) of the numbers do not exceed; NaN where there are none. */
export function percentile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
