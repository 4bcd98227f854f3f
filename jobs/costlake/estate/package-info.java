/** Generates a whole, honest company: bills, telemetry, configuration, and the truth about them. */
package costlake.estate;
