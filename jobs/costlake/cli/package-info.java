/** The command line: one class for each command. Nothing imports this package. */
@NullMarked
package costlake.cli;

import org.jspecify.annotations.NullMarked;
