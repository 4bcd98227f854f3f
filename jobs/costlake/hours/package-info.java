/**
 * Counts the jobs and the hours of a scheduler's log. A kind of records takes part if it has the
 * model {@code telemetry.KIND_records}, whose rows are lines of the log.
 */
@NullMarked
package costlake.hours;

import org.jspecify.annotations.NullMarked;
