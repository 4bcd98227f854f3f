/**
 * Approvals of expensive runs: what a run would cost, who asked for it, who decided, and what
 * launchers read.
 */
@NullMarked
package costlake.approve;

import org.jspecify.annotations.NullMarked;
