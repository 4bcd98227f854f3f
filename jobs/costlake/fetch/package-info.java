/** Stores responses of HTTP APIs as files, with pages, retries, deadlines and secrets. */
@NullMarked
package costlake.fetch;

import org.jspecify.annotations.NullMarked;
