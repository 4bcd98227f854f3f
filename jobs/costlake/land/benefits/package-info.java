/** Business tables: what a model brought in a month. */
package costlake.land.benefits;
