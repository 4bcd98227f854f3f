/**
 * Sends statements by mail, each once: content, recipients, transport, and the outbox that prevents
 * a second mail.
 */
@NullMarked
package costlake.deliver;

import org.jspecify.annotations.NullMarked;
