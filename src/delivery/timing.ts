/** Time limits of delivery with their reasons, in milliseconds. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A morning list is still useful in the afternoon, but not next to its successor the next morning. */
export const CATCH_UP_MS = 6 * HOUR;
/** A started thread is finished unless half a day has passed. */
export const THREAD_CATCH_UP_MS = 12 * HOUR;
/** A reminder is still useful after a week of downtime. */
export const NOTICE_CATCH_UP_MS = 7 * DAY;
export const TOO_LATE = 'it could not be posted in time';
export const NO_THREAD = 'its thread could not be opened in time';
/** For a notice: nobody looks into people's direct messages, and a second one would be worse than none. */
export const UNCONFIRMED = 'it may have been sent, which the platform did not confirm';
/** A row that nobody resolved in a week is ended. */
export const PARKED_MS = 7 * DAY;
/** Slots of a longer downtime are not recorded. */
export const LONGEST_DOWNTIME_MS = 31 * DAY;

/** Sources are polled every few minutes, so composing more often finds nothing new. */
export const WAIT_EVERY_MS = 5 * MINUTE;
/** The day's list is nearly complete after three hours, well before the catch-up limit. */
export const WAIT_LIMIT_MS = 3 * HOUR;

/**
 * A request must start within this time after the claim, because a process that was suspended in between must
 * not send.
 */
export const SEND_WITHIN_MS = 10 * SECOND;
/** Time after which a request can no longer take effect: four times the clients' timeout of 15 s. */
export const REQUEST_LIFE_MS = 60 * SECOND;
/**
 * Duration of a claim, after which its request is dead. Also the margin before the end of a platform's
 * idempotency window in which there is no resend.
 */
export const LEASE_MS = SEND_WITHIN_MS + REQUEST_LIFE_MS;
/** Tolerance for the platform's clock when searching for a message. */
export const CLOCK_SKEW_MS = 5 * MINUTE;

/** Retries after a failed request. */
export const BACKOFF = { firstMs: 2 * SECOND, longestMs: 5 * MINUTE };
/** A stored wait further ahead than this came from a wrong clock. */
export const LONGEST_WAIT_MS = HOUR;

/**
 * Permanent errors before a channel's feeds are disabled, because a permission may be restored in between.
 */
export const REFUSALS_TO_DISABLE = 2;
export const CONFIRM_REFUSAL_MS = 10 * MINUTE;

/**
 * Discord bans an address after 10,000 invalid requests in 10 minutes. 500 point to a problem on our side,
 * not in the channels.
 */
export const BREAKER = { failures: 500, openMs: 10 * MINUTE, windowMs: 10 * MINUTE };

/** Supervisors wait at least 30 s between SIGTERM and SIGKILL. This leaves time to close everything else. */
export const STOP_WITHIN_MS = 20 * SECOND;

/** Duration and interval of updates of a posted list. */
export const REFRESH_FOR_MS = 2 * DAY;
export const REFRESH_EVERY_MS = 4 * HOUR;
/** Cards are deleted a day after the last update; the row is kept. */
export const CARDS_KEPT_MS = 3 * DAY;

/** A root that is this late is an incident. */
export const LATE_MS = 15 * MINUTE;
/** 5,000 threads of ten papers take 21 minutes at 40 requests a second. */
export const THREAD_LATE_MS = HOUR;
export const WATCH_EVERY_MS = MINUTE;
/** An incident that returns within this time is not reported again. */
export const SAME_TROUBLE_MS = HOUR;
