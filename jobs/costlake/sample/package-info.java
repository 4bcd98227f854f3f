/**
 * Generates a sample company: bills, telemetry, configuration, and the figures known to be true.
 */
package costlake.sample;
