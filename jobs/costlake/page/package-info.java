/**
 * The pages of a statement as {@code reports/pages/*.yml} describe them: the tables that they
 * print, how lines are explained, and the rows of tables that a page declares. Both the models and
 * the statements read these files.
 */
@NullMarked
package costlake.page;

import org.jspecify.annotations.NullMarked;
