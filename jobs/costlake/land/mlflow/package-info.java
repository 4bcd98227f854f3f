/**
 * Reads the runs of MLflow from its REST API, its tables or its file store, and writes them as rows
 * of one shape.
 */
@NullMarked
package costlake.land.mlflow;

import org.jspecify.annotations.NullMarked;
