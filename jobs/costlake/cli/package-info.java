/** The command line: one class for each command. Nothing imports this package. */
package costlake.cli;
