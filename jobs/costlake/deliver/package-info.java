/**
 * Statements out by mail, once: what a mail says, who receives it, how it is handed over, and the
 * record that keeps it from going twice.
 */
package costlake.deliver;
