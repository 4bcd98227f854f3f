/** Measures a night on generated bills, beside DuckDB on the same files and cores. */
package costlake.bench;
