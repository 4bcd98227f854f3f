/** The command line: one command a verb. Nothing imports this package. */
package costlake.cli;
