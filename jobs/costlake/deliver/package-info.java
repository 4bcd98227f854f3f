/**
 * Sends statements by mail, each once: content, recipients, transport, and the outbox that prevents
 * a second mail.
 */
package costlake.deliver;
