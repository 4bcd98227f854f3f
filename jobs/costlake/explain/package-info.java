/** Walks from a printed line back to the rows of the delivered files, with money at each step. */
package costlake.explain;
