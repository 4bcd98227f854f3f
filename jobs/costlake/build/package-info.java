/** Runs the compiled graph on Spark for the partitions that changed, and audits what it made. */
package costlake.build;
