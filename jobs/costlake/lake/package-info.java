/** The only writer of tables: staged nights, publications, and what happened, as tables. */
package costlake.lake;
