/**
 * Renders the statements of a month: for each recipient a web page, a tagged PDF/A and a workbook.
 * Reads only the tables of {@code reporting}.
 */
@NullMarked
package costlake.report;

import org.jspecify.annotations.NullMarked;
