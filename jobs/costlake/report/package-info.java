/**
 * Statements: the reporting tables of a month become, per team, a web page and a tagged PDF/A.
 * Reads the reporting namespace only.
 */
package costlake.report;
