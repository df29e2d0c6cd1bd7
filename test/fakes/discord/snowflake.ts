/** IDs like Discord's: milliseconds since 2015 in the upper bits, so that sorting by ID sorts by time. */

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Each ID is greater than the one before, even if the clock stands still. */
export function snowflakes(now: () => Date): () => string {
  let last = 0n;
  return () => {
    const earliest = BigInt(now().getTime() - DISCORD_EPOCH_MS) << 22n;
    last = earliest > last ? earliest : last + 1n;
    return String(last);
  };
}

export function isNewer(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}
