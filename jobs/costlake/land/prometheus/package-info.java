/**
 * Range-query answers of Prometheus: which files make up which day. Their content is telemetry's.
 */
package costlake.land.prometheus;
