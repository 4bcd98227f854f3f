/** The invoices that providers sent, which nights show and closing a month checks. */
@NullMarked
package costlake.invoice;

import org.jspecify.annotations.NullMarked;
