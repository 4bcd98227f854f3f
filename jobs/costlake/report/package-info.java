/**
 * Statements: the reporting tables of a month become, per team, a web page and a tagged PDF/A.
 * Reads the reporting namespace only.
 */
@NullMarked
package costlake.report;

import org.jspecify.annotations.NullMarked;
