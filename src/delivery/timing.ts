/** How long everything in a delivery may take, each with its reason. All in milliseconds. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A morning list is still worth having in the afternoon, not in the next morning beside its successor. */
export const CATCH_UP_MS = 6 * HOUR;
/** A thread that was begun is finished unless half a day has gone. */
export const THREAD_CATCH_UP_MS = 12 * HOUR;
/** Who has not looked after a week never will, and would post a list that everybody has forgotten. */
export const PARKED_MS = 7 * DAY;
/** A longer downtime than this is not written down slot by slot. */
export const LONGEST_DOWNTIME_MS = 31 * DAY;

/** Sources are asked every few minutes: asking the composer more often finds nothing new. */
export const WAIT_EVERY_MS = 5 * MINUTE;
/** The day's list is as good as full three hours after it opens; also well inside the time to catch up. */
export const WAIT_LIMIT_MS = 3 * HOUR;

/**
 * A request starts this soon after its row was claimed, or never: a process that was stopped in between must
 * not send.
 */
export const SEND_WITHIN_MS = 10 * SECOND;
/**
 * From the start of a request until it can no longer have an effect: four times the clients' timeout of 15 s.
 */
export const REQUEST_LIFE_MS = 60 * SECOND;
/**
 * When a claim ends, the request made under it is dead. Also how long before the end of a platform's
 * guarantee a repeat is not tried any more.
 */
export const LEASE_MS = SEND_WITHIN_MS + REQUEST_LIFE_MS;
/** How far before the first try a message may carry a date, as the platform's clock is not ours. */
export const CLOCK_SKEW_MS = 5 * MINUTE;

/** Sending again after an answer that it was not done. */
export const BACKOFF = { firstMs: 2 * SECOND, longestMs: 5 * MINUTE };
/** A wait further ahead than any that is written was written by a clock that was wrong. */
export const LONGEST_WAIT_MS = HOUR;

/** A channel is given up when it refuses for good twice: a permission may just be being mended. */
export const REFUSALS_TO_DISABLE = 2;
export const CONFIRM_REFUSAL_MS = 10 * MINUTE;

/**
 * Discord bans an address after 10,000 invalid requests in 10 minutes; 500 are our fault, not that of the
 * channels.
 */
export const BREAKER = { failures: 500, openMs: 10 * MINUTE, windowMs: 10 * MINUTE };

/** Supervisors leave 30 s or more between SIGTERM and SIGKILL; five of 25 are for closing the rest. */
export const STOP_WITHIN_MS = 20 * SECOND;

/** How long a list is kept up to date after it was posted, and how often at most. */
export const REFRESH_FOR_MS = 2 * DAY;
export const REFRESH_EVERY_MS = 4 * HOUR;
/** Of what was posted long ago the fact is kept, not the card; a day more than anybody edits it. */
export const CARDS_KEPT_MS = 3 * DAY;

/** A root that is this late has gone wrong, whatever the reason. */
export const LATE_MS = 15 * MINUTE;
/** 5,000 threads of ten papers take 21 minutes at 40 requests a second. */
export const THREAD_LATE_MS = HOUR;
export const WATCH_EVERY_MS = MINUTE;
/** A trouble that was told and comes back within this time is the same one. */
export const SAME_TROUBLE_MS = HOUR;
