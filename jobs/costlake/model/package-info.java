/**
 * Compiles the SQL models: checks contracts, orders the reference graph, renders the queries. It
 * does not use Spark, so that it reports mistakes in models in milliseconds.
 */
@NullMarked
package costlake.model;

import org.jspecify.annotations.NullMarked;
