/**
 * The small SQL compiler: contracts, reference graph, rendering. Knows no engine, so that a mistake
 * in a model shows in milliseconds.
 */
@NullMarked
package costlake.model;

import org.jspecify.annotations.NullMarked;
