/**
 * Messages that leave Costlake, each at most once, whatever their channel. A channel says how its
 * messages are stored, and a transport how they are handed over.
 */
@NullMarked
package costlake.outbox;

import org.jspecify.annotations.NullMarked;
