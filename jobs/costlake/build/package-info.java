/** Builds the models on Spark for the partitions that changed, and audits the results. */
@NullMarked
package costlake.build;

import org.jspecify.annotations.NullMarked;
