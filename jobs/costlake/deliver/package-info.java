/**
 * Sends statements by mail. Records every mail in the outbox, so that no recipient gets a statement
 * twice.
 */
@NullMarked
package costlake.deliver;

import org.jspecify.annotations.NullMarked;
