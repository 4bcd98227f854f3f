/**
 * The small SQL compiler: contracts, reference graph, rendering. Knows no engine, so that a mistake
 * in a model shows in milliseconds.
 */
package costlake.model;
