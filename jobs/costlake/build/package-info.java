/** Runs the compiled graph on Spark for the partitions that changed, and audits what it made. */
@NullMarked
package costlake.build;

import org.jspecify.annotations.NullMarked;
